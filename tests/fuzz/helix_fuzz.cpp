// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// Answers of Twitch's API: every reader takes any bytes, and an account that says its lines over Helix keeps
// its books whatever comes back. The first byte chooses between the two, the next one the status, the rest is
// the body.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "tiktok2twitch/twitch/helix/codec.hpp"
#include "tiktok2twitch/twitch/helix/session.hpp"
#include "tiktok2twitch/twitch/irc/codec.hpp"
#include "tiktok2twitch/twitch/irc/notice_table.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"

namespace {

namespace twitch = tiktok2twitch::twitch;
using tiktok2twitch::core::time_point;

void require(bool holds) {
    if (!holds)
        std::abort();
}

class fed_account {
public:
    fed_account() : account_(options(), {}, false, now_, 1) {
        account_.add_route(1, "chan", now_);
        account_.on_connecting(now_);
        account_.on_connected(now_);
        session_.start(twitch::helix_user{*twitch::user_id::parse("1"), "bot"});
    }
    void feed(const twitch::helix_answer& answer) {
        answer_ = &answer;
        tiktok2twitch::relay::line_part part;
        part.ticket = ++pushed_;
        part.route = 1;
        part.body = "m" + std::to_string(pushed_);
        part.received_at = now_;
        account_.push(std::move(part), now_);
        work();
    }

private:
    static twitch::options options() {
        twitch::options out;
        out.login = "bot";
        out.backlog = 5;
        return out;
    }
    void work() {
        now_ += std::chrono::milliseconds(1500);
        for (int i = 0; i < 20 && connected_; ++i) {
            const auto todo = account_.next(now_);
            if (const auto* bytes = std::get_if<twitch::write_bytes>(&todo)) {
                session_.on_bytes(bytes->bytes);
            } else if (const auto* line = std::get_if<twitch::write_line>(&todo)) {
                if (session_.request_for(*line)) {
                    account_.on_written(now_);
                    session_.on_said(line->channel, twitch::read_say_answer(*answer_, 1'000'000), now_);
                }
            } else if (const auto* close = std::get_if<twitch::close_connection>(&todo)) {
                connected_ = false;
                account_.on_disconnected(close->reason, now_);
            } else if (const auto question = session_.next_question(now_)) {
                ask(*question);
            } else {
                break;
            }
            for (const auto& answer : session_.take_lines()) {
                require(answer.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
                if (connected_)
                    account_.on_line(answer, now_);
            }
            settled_ += account_.take_settlements().size();
            account_.take_notices();
            require(pushed_ == settled_ + account_.pending(1));
        }
    }
    void ask(const twitch::helix_session::question& question) {
        if (const auto* names = std::get_if<twitch::helix_session::look_up>(&question)) {
            // The first answer may say anything; then the channel exists.
            auto users = twitch::read_users(*answer_);
            if (std::exchange(asked_, true) || !users)
                users = std::vector<twitch::helix_user>{{*twitch::user_id::parse("2"), "chan"}};
            session_.on_answer(*names, users);
        } else {
            session_.on_answer(std::get<twitch::helix_session::look_at>(question),
                               twitch::read_chat_settings(*answer_), now_);
        }
    }

    time_point now_{std::chrono::hours(1)};
    twitch::account account_;
    twitch::helix_session session_;
    const twitch::helix_answer* answer_ = nullptr;
    bool connected_ = true;
    bool asked_ = false;
    std::uint64_t pushed_ = 0;
    std::uint64_t settled_ = 0;
};

void check_readers(const twitch::helix_answer& answer) {
    (void)twitch::failure_of(answer);
    (void)twitch::read_deletion(answer);
    (void)twitch::read_users(answer);
    (void)twitch::read_chat_settings(answer);
    require(twitch::told_wait(answer, 1'000'000) <= std::chrono::minutes(1));
    const auto said = twitch::read_say_answer(answer, 1'000'000);
    if (said.what == twitch::say_answer::result::refused)
        require(twitch::rule_for(said.msg_id).what != twitch::reaction::informational);
    const auto id = twitch::line_id::parse(answer.body);
    const auto user = twitch::user_id::parse(answer.ratelimit_reset);
    if (id && user) {
        const auto target = twitch::delete_line(*user, *user, *id).target;
        require(!target.ends_with("message_id=") && target.find_first_of(" \r\n") == std::string::npos);
    }
}

twitch::helix_answer answer_in(std::string_view bytes) {
    constexpr int statuses[] = {200, 200, 200, 204, 302, 400, 401, 403, 404, 422, 429, 500, 503, 0, 429, 200};
    twitch::helix_answer answer;
    answer.status = statuses[static_cast<unsigned char>(bytes[0]) % std::size(statuses)];
    answer.body = bytes.substr(1);
    answer.ratelimit_reset = answer.body.substr(0, 4);
    return answer;
}

// Answers, apart by a NUL.
void check_account(std::string_view input) {
    constexpr int most_answers = 6;
    fed_account account;
    for (int i = 0; i < most_answers && input.size() > 1; ++i) {
        const std::string_view one = input.substr(0, input.find('\0'));
        input.remove_prefix(std::min(one.size() + 1, input.size()));
        if (!one.empty())
            account.feed(answer_in(one));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (input.size() < 2)
        return 0;
    if (input[0] % 2 == 0)
        check_readers(answer_in(input.substr(1)));
    else
        check_account(input.substr(1));
    return 0;
}
