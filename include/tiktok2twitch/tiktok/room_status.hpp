// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::tiktok {

enum class live_status : std::uint8_t { offline, live, paused };  // tiktok.md 1.6

// The answer of a room lookup, from either way.
struct room_status {
    live_status status = live_status::offline;
    std::int64_t room_id = 0;      // of the current or the last live; 0 = none
    std::int64_t streamer_id = 0;  // numeric account id; 0 = not told
    core::unix_ms started_at = 0;  // of the live, by TikTok's clock; 0 = not told
    std::string unique_id;
    std::string title;  // raw bytes
};

}  // namespace tiktok2twitch::tiktok
