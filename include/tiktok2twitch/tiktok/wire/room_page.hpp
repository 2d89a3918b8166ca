// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What TikTok's web answers say about a room (tiktok.md 1.1-1.3, 1.6). `http_status` and `body` are an
// answer as received. Every condition that calls for another reaction has its own errc; an account that
// is not live is no error but live_status::offline.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/tiktok/room_status.hpp"

namespace tiktok2twitch::tiktok {

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
