// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What a client may say to the Twitch stand-in, and what it is told.

#include <algorithm>
#include <array>

#include "net/clock.hpp"
#include "sim/twitch_session.hpp"
#include "sim/twitch_text.hpp"

namespace tiktok2twitch::sim {

namespace {

std::string notice(const std::string& channel, std::string_view msg_id, const std::string& text) {
    return "@msg-id=" + std::string(msg_id) + " :tmi.twitch.tv NOTICE #" + channel + " :" + text;
}

// Lines that a client must survive (twitch.md 5.2).
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
                // The order of the two is not guaranteed (twitch.md 1.3): it changes from login to login.
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

// As measured at Twitch: the bare form has no prefix, and only the first word comes back (twitch.md 1.5).
void twitch_session::on_ping(const irc_command& command) {
    std::string line = command.parameters.empty()
                           ? "PONG :tmi.twitch.tv"
                           : ":tmi.twitch.tv PONG tmi.twitch.tv :" + command.parameters.front();
    queue_answer({std::move(line), {}, after::keep}, core::duration::zero());
}

}  // namespace tiktok2twitch::sim
