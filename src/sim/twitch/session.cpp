// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/sim/twitch/session.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/sim/twitch/rules.hpp"

namespace tiktok2twitch::sim {
namespace {

std::string_view take_word(std::string_view& line) {
    const std::size_t end = line.find(' ');
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(end == std::string_view::npos ? line.size() : end);
    while (line.starts_with(' ')) {
        line.remove_prefix(1);
    }
    return word;
}

std::string find_nonce(std::string_view tags) {
    constexpr std::string_view key = "client-nonce=";
    while (!tags.empty()) {
        const std::size_t end = tags.find(';');
        const std::string_view tag = tags.substr(0, end);
        if (tag.starts_with(key)) {
            return std::string(tag.substr(key.size()));
        }
        tags.remove_prefix(end == std::string_view::npos ? tags.size() : end + 1);
    }
    return {};
}

}  // namespace

irc_command read_command(std::string_view line) {
    irc_command command;
    if (line.starts_with('@')) {
        command.nonce = find_nonce(take_word(line).substr(1));
    }
    if (line.starts_with(':')) {
        take_word(line);
    }
    for (const char c : take_word(line)) {
        command.verb.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    while (!line.empty()) {
        if (line.starts_with(':')) {
            command.parameters.emplace_back(line.substr(1));
            break;
        }
        command.parameters.emplace_back(take_word(line));
    }
    return command;
}

twitch_session::twitch_session(asio::any_io_executor executor, twitch_server::impl& server,
                               net::server_stream accepted)
    : server_(server), accepted_(std::move(accepted)), writer_(executor), reader_(executor) {}

net::awaitable<void> twitch_session::run() {
    using namespace asio::experimental::awaitable_operators;
    co_await asio::this_coro::throw_if_cancelled(false);
    if (server_.faults.refuse_connections) {
        accepted_.reset();
        co_return;
    }
    if (co_await net::handshake(accepted_)) {
        co_return;
    }
    stream_.emplace(net::as_lines(std::move(accepted_)));
    next_ping_ = net::timer_now() + server_.settings.ping_interval;
    auto both = read_loop() || write_loop();
    co_await std::move(both);
    if (cut_) {
        stream_->reset();
    } else {
        co_await stream_->close();
    }
}

void twitch_session::stop() {
    reset();
    accepted_.reset();
    stop_signal.emit(asio::cancellation_type::terminal);
}

net::awaitable<core::error_code> twitch_session::read_loop() {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        auto line = co_await stream_->read_line();
        if (!line) {
            // Cancelled by the writer's end: the connection is fine and gets its close_notify.
            const bool broken = line.error() != net::errc::closed_by_peer &&
                                !stopped(co_await asio::this_coro::cancellation_state);
            cut_ = cut_ || broken;
            co_return line.error();
        }
        while (deaf_ && !cut_ && !stopped(co_await asio::this_coro::cancellation_state)) {
            co_await reader_.wait();
        }
        if (cut_ || stopped(co_await asio::this_coro::cancellation_state)) {
            co_return asio::error::operation_aborted;
        }
        on_line(*line);
        server_.changed();
    }
}

net::awaitable<core::error_code> twitch_session::write_loop() {
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!stopped(co_await asio::this_coro::cancellation_state) && !cut_) {
        const core::time_point now = net::timer_now();
        if (now >= next_ping_) {
            send("PING :tmi.twitch.tv");
            next_ping_ = now + server_.settings.ping_interval;
        }
        if (deaf_ || out_.empty() || out_.begin()->first > now) {
            const core::time_point due = deaf_          ? core::time_point::max()
                                         : out_.empty() ? next_ping_
                                                        : std::min(next_ping_, out_.begin()->first);
            co_await writer_.wait(due);
            continue;
        }
        // Everything that is due goes out together: clients get several lines in one read.
        std::string bytes;
        bool close = false;
        while (!close && !out_.empty() && out_.begin()->first <= now) {
            outgoing item = std::move(out_.begin()->second);
            out_.erase(out_.begin());
            // Before the write: the next PRIVMSG may be read before this coroutine goes on.
            unanswered_.erase(item.answers);
            if (item.then == after::close) {
                close = true;
            } else {
                bytes += item.line + "\r\n";
            }
        }
        if (!bytes.empty()) {
            if (const core::error_code error = co_await stream_->write(std::move(bytes))) {
                cut_ = true;
                co_return error;
            }
        }
        if (close) {
            co_return core::error_code{};
        }
    }
    co_return asio::error::operation_aborted;
}

void twitch_session::queue(outgoing item, core::duration delay) {
    // Without the tags capability nobody sees tags.
    if (!tags_ && item.line.starts_with('@')) {
        item.line.erase(0, std::min(item.line.find(' '), item.line.size() - 1) + 1);
    }
    out_.emplace(net::timer_now() + delay, std::move(item));
    writer_.open();
}

void twitch_session::tell(std::string line) {
    if (commands_) {
        send(std::move(line));
    }
}

void twitch_session::answer(const std::string& channel, std::string line) {
    if (server_.faults.lose_answers > 0) {
        --server_.faults.lose_answers;
        return;
    }
    if (commands_) {
        queue_answer({std::move(line), channel, after::keep}, server_.faults.answer_delay);
    }
}

void twitch_session::queue_answer(outgoing item, core::duration delay) {
    if (server_.holding) {
        held_.push_back(std::move(item));
    } else {
        queue(std::move(item), delay);
    }
}

void twitch_session::release_answers() {
    for (outgoing& item : std::exchange(held_, {})) {
        queue(std::move(item), core::duration::zero());
    }
}

void twitch_session::close_after(core::duration time) {
    queue({{}, {}, after::close}, time);
}

void twitch_session::reset() {
    cut_ = true;
    if (stream_) {
        stream_->reset();
    }
    reader_.open();
    writer_.open();
}

void twitch_session::go_deaf() {
    deaf_ = true;
}

// What a client may say to the Twitch stand-in, and what it is told.

namespace {

std::string notice(const std::string& channel, std::string_view msg_id, const std::string& text) {
    return "@msg-id=" + std::string(msg_id) + " :tmi.twitch.tv NOTICE #" + channel + " :" + text;
}

// Lines that a client must survive (docs/protocol/twitch.md §5.2).
std::string garbage_line(std::size_t number) {
    switch (number % 8) {
        case 0:
            return "";
        case 1:
            return ":tmi.twitch.tv";
        case 2:
            return "@;;=;a=b=c;;x :tmi.twitch.tv USERNOTICE";
        case 3:
            return ":tmi.twitch.tv 999 ? ? :what is this";
        case 4:
            return ":odd!odd@odd.tmi.twitch.tv PRIVMSG # :\xFF\xFE\x80";
        case 5:
            return "@" + std::string(9000, 'k') + "=v :tmi.twitch.tv WHISPER";
        case 6:
            return "@badge-info= :tmi.twitch.tv USERSTATE";
        default:
            return "PRIVMSG " + std::string(70'000, 'x');  // over every client's line limit
    }
}

}  // namespace

void twitch_session::on_line(const std::string& line) {
    const irc_command command = read_command(line);
    server_.log_line(command.verb == "PASS" ? "PASS ***" : line);
    if (command.verb == "CAP") {
        on_cap(command);
    } else if (command.verb == "PASS") {
        pass_ = command.parameter(0);
    } else if (command.verb == "NICK") {
        on_nick(command.parameter(0));
    } else if (command.verb == "JOIN") {
        on_join(command.parameter(0));
    } else if (command.verb == "PRIVMSG") {
        on_privmsg(command);
    } else if (command.verb == "PING") {
        on_ping(command);
    } else if (command.verb == "PONG") {
        server_.pongs.emplace(command.parameters.empty() ? std::string() : command.parameters.back());
    } else if (command.verb == "PART") {
        const std::string channel(command.parameter(0));
        if (channels_.erase(channel.substr(std::min<std::size_t>(1, channel.size()))) > 0) {
            send(":" + login_ + "!" + login_ + "@" + login_ + ".tmi.twitch.tv PART " + channel);
        }
    } else if (command.verb == "QUIT") {
        close_after(core::duration::zero());
    } else if (command.verb != "USER") {
        server_.rules.record(violation_kind::unknown_command, login_, line, net::timer_now());
        send(":tmi.twitch.tv 421 " + (login_.empty() ? "*" : login_) + " " + command.verb +
             " :Unknown command");
    }
}

void twitch_session::on_cap(const irc_command& command) {
    constexpr std::array<std::string_view, 3> known{"twitch.tv/commands", "twitch.tv/membership",
                                                    "twitch.tv/tags"};
    const std::string_view what = command.parameter(0);
    if (what == "LS") {
        send(":tmi.twitch.tv CAP * LS :twitch.tv/commands twitch.tv/membership twitch.tv/tags");
    } else if (what == "REQ") {
        const std::string asked(command.parameters.back());
        bool all_known = !server_.faults.refuse_capabilities;
        for (std::string_view rest = asked; !rest.empty();) {
            const std::string_view word = first_word(rest);
            rest.remove_prefix(std::min(word.size() + 1, rest.size()));
            all_known =
                all_known && (word.empty() || std::find(known.begin(), known.end(), word) != known.end());
        }
        if (all_known) {
            tags_ = tags_ || asked.find("twitch.tv/tags") != std::string::npos;
            commands_ = commands_ || asked.find("twitch.tv/commands") != std::string::npos;
        }
        send(std::string(":tmi.twitch.tv CAP * ") + (all_known ? "ACK" : "NAK") + " :" + asked);
    }
}

void twitch_session::refuse_login(const std::string& text) {
    send(":tmi.twitch.tv NOTICE * :" + text);
    close_after(core::duration::zero());
}

void twitch_session::on_nick(std::string_view nick) {
    if (!login_.empty()) {
        return;
    }
    if (server_.faults.refuse_logins > 0) {
        --server_.faults.refuse_logins;
        refuse_login(server_.faults.refusal_text);
        return;
    }
    const login_answer answer = server_.rules.login(pass_, nick, net::timer_now());
    if (!answer.accepted) {
        refuse_login(answer.notice);
        return;
    }
    login_ = answer.login;
    ++server_.logins;
    welcome();
}

void twitch_session::welcome() {
    const std::string start = ":tmi.twitch.tv ";
    send(start + "001 " + login_ + " :Welcome, GLHF!");
    send(start + "002 " + login_ + " :Your host is tmi.twitch.tv");
    send(start + "003 " + login_ + " :This server is rather new");
    send(start + "004 " + login_ + " :-");
    send(start + "375 " + login_ + " :-");
    send(start + "372 " + login_ + " :You are in a maze of twisty passages, all alike.");
    send(start + "376 " + login_ + " :>");
    if (!login_.starts_with("justinfan")) {
        tell(server_.rules.global_userstate(login_));
    }
}

void twitch_session::on_join(std::string_view channels) {
    const core::time_point now = net::timer_now();
    if (login_.empty()) {
        server_.rules.record(violation_kind::out_of_order, {}, "JOIN", now);
        return;
    }
    while (!channels.empty()) {
        const std::size_t end = channels.find(',');
        const std::string channel(channels.substr(0, end));
        channels.remove_prefix(end == std::string_view::npos ? channels.size() : end + 1);
        if (server_.faults.ignore_joins > 0) {
            --server_.faults.ignore_joins;
            continue;
        }
        if (!channel.starts_with('#')) {
            continue;
        }
        const std::string name = channel.substr(1);
        switch (server_.rules.join(login_, name, now)) {
            case join_answer::silence:
                break;
            case join_answer::suspended:
                tell(notice(name, "msg_channel_suspended", "This channel has been suspended."));
                break;
            case join_answer::banned:
                tell(notice(name, "msg_banned", "You are permanently banned from talking in " + name + "."));
                break;
            case join_answer::joined: {
                channels_.insert(name);
                send(":" + login_ + "!" + login_ + "@" + login_ + ".tmi.twitch.tv JOIN #" + name);
                send(":" + login_ + ".tmi.twitch.tv 353 " + login_ + " = #" + name + " :" + login_);
                send(":" + login_ + ".tmi.twitch.tv 366 " + login_ + " #" + name + " :End of /NAMES list");
                // The order of the two is not guaranteed (docs/protocol/twitch.md §1.3): it changes from
                // login to login.
                const bool room_first = server_.logins % 2 == 0;
                if (room_first) {
                    tell(server_.rules.roomstate(name));
                }
                if (!login_.starts_with("justinfan")) {
                    tell(server_.rules.userstate(login_, name, {}));
                }
                if (!room_first) {
                    tell(server_.rules.roomstate(name));
                }
                break;
            }
        }
    }
}

void twitch_session::on_privmsg(const irc_command& command) {
    const core::time_point now = net::timer_now();
    const std::string_view target = command.parameter(0);
    if (login_.empty() || !target.starts_with('#') || command.parameters.size() != 2) {
        server_.rules.record(violation_kind::out_of_order, login_, "PRIVMSG", now);
        return;
    }
    if (login_.starts_with("justinfan")) {
        return;  // anonymous readers may not write, and are not told
    }
    const std::string channel(target.substr(1));
    const auto open = unanswered_.find(channel);
    if (open != unanswered_.end() && now - open->second < server_.settings.confirm_wait) {
        server_.rules.record(violation_kind::second_unconfirmed, login_, channel, now);
    }
    if (server_.faults.cut_before_accept > 0) {
        --server_.faults.cut_before_accept;
        reset();
        return;
    }
    const say_answer result = server_.rules.say(login_, channel, command.parameter(1), now);
    unanswered_[channel] = now;
    if (result.what != say_answer::kind::delivered && server_.refused) {
        server_.refused(server_.rules.refusals().back());
    }
    if (server_.faults.garbage) {
        queue({garbage_line(server_.next_garbage++), {}, after::keep}, core::duration::zero());
    }
    switch (result.what) {
        case say_answer::kind::delivered:
            show(server_.rules.delivered().back(), command.nonce);
            if (server_.faults.cut_after_accept > 0) {
                --server_.faults.cut_after_accept;
                reset();
                return;
            }
            answer(channel, server_.rules.userstate(login_, channel, result.id));
            break;
        case say_answer::kind::shadowed:
            answer(channel, server_.rules.userstate(login_, channel, result.id));
            break;
        case say_answer::kind::refused:
            answer(channel, notice(channel, result.msg_id, result.notice));
            break;
        case say_answer::kind::close:
            close_after(core::duration::zero());
            break;
        case say_answer::kind::swallowed:
            break;
    }
}

// To everybody in the channel but this connection.
void twitch_session::show(const delivery& line, const std::string& nonce) {
    const std::string echo = server_.rules.echo(line, nonce, net::wall_now());
    for (const auto& session : server_.in(line.channel)) {
        if (session.get() != this) {
            session->send(echo);
        }
    }
    if (server_.delivered) {
        server_.delivered(line);
    }
}

// As measured at Twitch: the bare form has no prefix, and only the first word comes back
// (docs/protocol/twitch.md §1.5).
void twitch_session::on_ping(const irc_command& command) {
    std::string line = command.parameters.empty()
                           ? "PONG :tmi.twitch.tv"
                           : ":tmi.twitch.tv PONG tmi.twitch.tv :" + command.parameters.front();
    queue_answer({std::move(line), {}, after::keep}, core::duration::zero());
}

}  // namespace tiktok2twitch::sim
