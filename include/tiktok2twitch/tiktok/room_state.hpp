// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

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
    hopeless      // no such account; given up
};

}  // namespace tiktok2twitch::tiktok
