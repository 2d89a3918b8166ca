// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What one line of the server means for us: the vocabulary between irc_session and account.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/irc/codec.hpp"
#include "tiktok2twitch/twitch/options.hpp"

namespace tiktok2twitch::twitch {

struct logged_in {};  // 001; the session knows the login
struct session_failed {
    errc reason;
};
struct user_state {
    std::string channel;
    role rank = role::ordinary;
    std::string id;  // of the message it answers; empty: it answers none, or the server gives no ids
};
// Instead of an id, where it is known that a line was answered, and not what its id is (helix_session). No
// deletion accepts this one.
inline constexpr std::string_view no_line_id = "?";
struct room_state {  // only what the line mentions
    std::string channel;
    std::string room_id;  // the broadcaster's account number; empty: not mentioned
    std::optional<std::chrono::seconds> slow;
    std::optional<bool> emote_only;
    std::optional<bool> subs_only;
    std::optional<std::int64_t> followers_only;
    std::optional<bool> unique;
};
struct room_notice {
    std::string channel;
    std::string msg_id;
    std::string text;
};
struct channel_chat {  // a line typed in this channel; from our account, on another connection of it
    std::string channel;
    std::string login;
    std::string id;  // Twitch's, of this line; the original's if it is shared
    std::string text;
    bool trusted = false;  // the broadcaster, or a moderator
    bool own = false;      // from the account that logged in here
    bool shared = false;   // typed in another channel (shared chat), whose moderators are not ours
};
struct own_clear {  // our account was timed out, or banned if there is no duration
    std::string channel;
    std::optional<std::chrono::seconds> duration;
};
struct own_line_cleared {  // a line of ours was deleted, by whomever
    std::string channel;
    std::string line_id;
};
struct own_part {
    std::string channel;
};
struct reconnect_asked {};
struct pong {
    std::uint64_t token = 0;
};
struct nothing {};

using session_event =
    std::variant<nothing, logged_in, session_failed, user_state, room_state, room_notice, channel_chat,
                 own_clear, own_line_cleared, own_part, reconnect_asked, pong>;

// In any case. Never for an empty word.
inline bool starts_with_word(std::string_view text, std::string_view word) {
    return !word.empty() && core::ascii::lower(text.substr(0, word.size())) == core::ascii::lower(word);
}

// A streamer may let the bot use the own account. Whether a command from that account was typed by a person:
// no line of ours begins with '!', whatever template, name or text (relay/formatter.hpp).
inline bool only_people_say(std::string_view word) {
    return word.starts_with('!');
}

// One IRC connection: login, liveness and the meaning of lines. start() when connected; then on_line() for
// every line; take_output() is what has to be written; failure() says that the connection is of no use.
class irc_session {
public:
    // Many times what a login, a full set of JOINs and the answer to the longest line take together.
    static constexpr std::size_t max_output = 256UL * 1024;

    void start(const options& options, core::time_point now);

    session_event on_line(std::string_view line, core::time_point now);

    // The answer to this PING comes after the answers to everything written before it.
    std::uint64_t send_ping(core::time_point now);
    void send(const message& message);
    std::string take_output();
    // More than max_output bytes wait to be taken: the server asks (PING) and does not read. What came after
    // is not kept, and the connection is of no use.
    bool overflowed() const noexcept { return overflowed_; }

    // Login took too long, nothing came back after a PING, or the server does not read.
    std::optional<errc> failure(core::time_point now) const;
    // Sends the PING that is due.
    void keep_alive(core::time_point now);
    core::time_point deadline() const;  // of failure() or keep_alive()

    bool ready() const noexcept { return welcomed_ && tags_ && commands_; }  // may join and send
    bool welcomed() const noexcept { return welcomed_; }
    const std::string& login() const noexcept { return login_; }

private:
    session_event on_capabilities(const message_view& m);
    session_event on_notice(const message_view& m) const;
    session_event on_clearchat(const message_view& m) const;
    session_event on_clearmsg(const message_view& m) const;
    session_event on_privmsg(const message_view& m) const;
    user_state read_user_state(const message_view& m) const;

    std::string login_;
    std::string user_id_;  // ours, once the server has said it
    std::string output_;
    bool overflowed_ = false;
    core::duration ping_after_{};
    core::duration dead_after_{};
    core::time_point login_deadline_;
    core::time_point last_inbound_;
    std::optional<core::time_point> ping_sent_;  // the first one since the last inbound line
    std::uint64_t pings_ = 0;
    bool welcomed_ = false;
    bool tags_ = false;
    bool commands_ = false;
};

}  // namespace tiktok2twitch::twitch
