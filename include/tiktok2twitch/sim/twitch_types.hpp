// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::sim {

enum class role : std::uint8_t { ordinary, vip, moderator, broadcaster };

// What Twitch does to an account that sends over its budget: both were observed (twitch.md 1.6).
enum class over_limit : std::uint8_t { mute, close };

// Twitch's own numbers (twitch.md 1.6, 2.1, 2.5).
struct twitch_limits {
    // Off for throughput measurements: windows, the 1 s rule and slow mode are then neither applied nor
    // counted as violations.
    bool enforced = true;
    std::size_t low = 20;    // where the account is an ordinary user
    std::size_t high = 100;  // over all channels
    core::duration window = std::chrono::seconds(30);
    // Fixed windows begin at time_point{} + phase + n * window; without a phase, a window opens with the
    // first message after the last window ended.
    std::optional<core::duration> phase;
    over_limit when_over = over_limit::mute;
    core::duration mute_for = std::chrono::minutes(30);
    bool vip_is_high = false;  // disputed; the stricter reading is the default

    std::size_t joins = 20;
    std::size_t logins = 20;
    core::duration attempts_window = std::chrono::seconds(10);

    core::duration spacing = std::chrono::seconds(1);
    core::duration duplicate_window = std::chrono::seconds(30);
    std::size_t code_points = 500;
};

struct channel_modes {
    int slow = 0;             // seconds
    int followers_only = -1;  // -1 off, 0 any follower, else minutes
    bool subs_only = false;
    bool emote_only = false;
    bool r9k = false;
    friend bool operator==(const channel_modes&, const channel_modes&) = default;
};

// A line that was shown in a channel.
struct delivery {
    core::time_point at{};
    std::string account;
    std::string channel;
    std::string text;
    std::string id;
};

// What a well-behaved client never does. Tests assert that the list is empty.
enum class violation_kind : std::uint8_t {
    line_too_long,       // over 500 code points
    invalid_utf8,        // in a chat text
    control_character,   // C0, DEL or C1 in a chat text
    command_text,        // a chat text that Twitch would read as a command
    unknown_command,     // an IRC verb that does not exist: what injected line breaks look like
    out_of_order,        // PRIVMSG or JOIN before the login
    over_budget,         // more lines than allowed in some window of 30 s, whatever its phase
    spacing,             // an ordinary user's lines in one channel less than 1 s apart
    second_unconfirmed,  // another PRIVMSG in a channel before the answer to the one before
    join_budget,
    login_budget,
    chat_cleared,  // DELETE /moderation/chat without the id of a line
};

const char* name(violation_kind kind) noexcept;

struct violation {
    violation_kind kind{};
    core::time_point at{};
    std::string account;
    std::string detail;
};

// A line that was not shown, for a reason that the sender was told ("msg_slowmode") or not ("").
struct refusal {
    core::time_point at{};
    std::string account;
    std::string channel;
    std::string msg_id;
    std::string text;
};

struct login_answer {
    bool accepted = false;
    std::string login;   // as the server sees it
    std::string notice;  // why not
};

enum class join_answer : std::uint8_t {
    joined,
    silence,  // no such channel, or too many attempts: Twitch says nothing
    suspended,
    banned,
};

struct say_answer {
    enum class kind : std::uint8_t {
        delivered,  // shown to the others, USERSTATE to the sender
        refused,    // NOTICE with `msg_id`
        swallowed,  // nothing at all: muted for 30 minutes
        shadowed,   // USERSTATE, but nobody sees it
        close,      // the connection is closed
    };
    kind what = kind::swallowed;
    std::string msg_id;  // of the NOTICE
    std::string notice;
    std::string id;    // of the message
    std::string text;  // as shown
};

}  // namespace tiktok2twitch::sim
