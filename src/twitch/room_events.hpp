// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What one line of the server means for us: the vocabulary between irc_session and account.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/role.hpp"

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

}  // namespace tiktok2twitch::twitch
