// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::tiktok {

// What one watched account is doing, in the words of the status command.
enum class room_state : std::uint8_t {
    looking_up,   // nothing known yet
    offline,      // waiting for the next live
    connecting,   // live: connecting, or waiting to reconnect
    connected,    // receiving
    paused,       // connected, and the streamer pressed pause
    ended,        // the live that was watched is over
    unreachable,  // TikTok refuses or does not answer; still trying
    missing       // TikTok knows no such account, and never did since we ask; still asking now and then
};

// A room's state with all that people want to know about it.
struct room_report {
    room_state state = room_state::looking_up;
    core::error_code reason;                   // set for unreachable, missing; for others when known
    std::string detail;                        // for the log: what the server said
    std::optional<core::time_point> next_try;  // when something is tried, or asked, again
    int missing_answers = 0;                   // "no such user" in a row, of a name that was never seen
    bool no_comments = false;                  // people join and like, but no comment comes
    std::string renamed_to;                    // the handle TikTok calls the account by, when it is another
};

}  // namespace tiktok2twitch::tiktok
