// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// Lines of the server: the parser reads any bytes, what it read survives being written and read again, and
// an account that is fed with them keeps its books and never emits a broken line. The first byte chooses
// between one line for the parser and several for the account.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tiktok2twitch/twitch/irc/codec.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"

namespace {

namespace twitch = tiktok2twitch::twitch;
using tiktok2twitch::core::time_point;

void require(bool holds) {
    if (!holds)
        std::abort();
}

bool is_one_line(std::string_view bytes) {
    return bytes.ends_with("\r\n") && bytes.find_first_of(std::string_view("\r\n\0", 3)) == bytes.size() - 2;
}

twitch::message copy_of(const twitch::message_view& view) {
    twitch::message out;
    out.source = view.source;
    out.command = view.command;
    for (const auto& tag : view.tags)
        out.tags.emplace_back(std::string(tag.key), twitch::unescape_tag(tag.raw_value));
    for (const auto param : view.params)
        out.params.emplace_back(param);
    return out;
}

void check_codec(std::string_view line) {
    const auto parsed = twitch::parse(line);
    if (!parsed)
        return;
    twitch::split_source(parsed->source);
    const auto once = twitch::encode(copy_of(*parsed));
    require(is_one_line(once));
    const auto again = twitch::parse(once);
    require(again.has_value());
    require(twitch::encode(copy_of(*again)) == once);
    require(is_one_line(twitch::encode_privmsg(line, line, {{std::string(line), std::string(line)}})));
}

class fed_account {
public:
    fed_account() : account_(options(), {}, false, now_, 1) {
        account_.add_route(1, "chan", now_);
        account_.on_connecting(now_);
        account_.on_connected(now_);
        hear("CAP * ACK :twitch.tv/tags twitch.tv/commands");
        hear(":tmi.twitch.tv 001 bot :Welcome");
        work();
        hear("@badges=;mod=0 :tmi.twitch.tv USERSTATE #chan");
        hear("@slow=0 :tmi.twitch.tv ROOMSTATE #chan");
        work();
    }
    void feed(std::string_view line) {
        push();
        work();
        hear(line);
        work();
    }

private:
    static twitch::options options() {
        twitch::options out;
        out.login = "bot";
        out.backlog = 5;
        return out;
    }
    void hear(std::string_view line) {
        if (connected_)
            account_.on_line(line, now_);
        balance();
    }
    void push() {
        tiktok2twitch::relay::line_part part;
        part.ticket = ++pushed_;
        part.route = 1;
        part.body = "m" + std::to_string(pushed_);
        part.received_at = now_;
        account_.push(std::move(part), now_);
        balance();
    }
    void work() {
        now_ += std::chrono::milliseconds(700);
        for (int i = 0; i < 8 && connected_; ++i) {
            const auto todo = account_.next(now_);
            balance();
            if (const auto* line = std::get_if<twitch::write_line>(&todo)) {
                require(is_one_line(line->bytes));
                account_.on_written(now_);
            } else if (const auto* close = std::get_if<twitch::close_connection>(&todo)) {
                connected_ = false;
                account_.on_disconnected(close->reason, now_);
                balance();
            } else if (std::holds_alternative<twitch::wait_until>(todo)) {
                break;
            }
        }
    }
    void balance() {
        settled_ += account_.take_settlements().size();
        account_.take_notices();
        require(pushed_ == settled_ + account_.pending(1));
    }

    time_point now_{std::chrono::hours(1)};
    twitch::account account_;
    bool connected_ = true;
    std::uint64_t pushed_ = 0;
    std::uint64_t settled_ = 0;
};

void check_account(std::string_view input) {
    constexpr int most_lines = 6;
    fed_account account;
    for (int i = 0; i < most_lines && !input.empty(); ++i) {
        const auto line = input.substr(0, input.find('\n'));
        input.remove_prefix(std::min(line.size() + 1, input.size()));
        account.feed(line);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (input.empty())
        return 0;
    if (input[0] % 2 == 0)
        check_codec(input.substr(1));
    else
        check_account(input.substr(1));
    return 0;
}
