// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::tiktok {

enum class live_status : std::uint8_t { offline, live, paused };  // docs/protocol/tiktok.md §1.6

// The answer of a room lookup, from either way.
struct room_status {
    live_status status = live_status::offline;
    std::int64_t room_id = 0;      // of the current or the last live; 0 = none
    std::int64_t streamer_id = 0;  // numeric account id; 0 = not told
    core::unix_ms started_at = 0;  // of the live, by TikTok's clock; 0 = not told
    std::string unique_id;
    std::string title;  // raw bytes
};

// What TikTok's web answers say about a room (docs/protocol/tiktok.md §1.1-1.3, §1.6). `http_status` and
// `body` are an answer as received. Every condition that calls for another reaction has its own errc; an
// account that is not live is no error but live_status::offline.

// Live pages are about 1 MiB; JSON of such a page nests about 15 levels.
inline constexpr std::size_t max_page_bytes = 4 * 1024 * 1024;
inline constexpr std::size_t max_json_depth = 100;

// /api-live/user/room
core::result<room_status> parse_api_live(int http_status, std::string_view body);
// /@handle/live
core::result<room_status> parse_live_page(int http_status, std::string_view body);
// /webcast/room/check_alive; an answer without our room is an error, because a detected client gets one too.
core::result<bool> parse_check_alive(int http_status, std::string_view body, std::int64_t room_id);

}  // namespace tiktok2twitch::tiktok
