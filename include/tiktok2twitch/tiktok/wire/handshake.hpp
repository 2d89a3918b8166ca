// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Paths and queries of the requests to TikTok (tiktok.md 1.1-1.3, 2.3), percent-encoded once.

#include <cstdint>
#include <string>
#include <string_view>

#include "tiktok/user_agents.hpp"
#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::tiktok {

// `seed` decides last_rtt, which a browser measures.
std::string websocket_target(std::int64_t room_id, const user_agent& browser,
                             core::duration heartbeat_interval, std::uint64_t seed);

std::string api_live_target(std::string_view unique_id);
std::string live_page_target(std::string_view unique_id);
std::string check_alive_target(std::int64_t room_id);

// `target` below the path of a configured base URL, whose own target may be empty or "/".
std::string under(std::string_view base_target, std::string_view target);

}  // namespace tiktok2twitch::tiktok
