// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The requests of the direct way with the headers of a browser (tiktok.md 1.1, 2.1, 2.4).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok/header_view.hpp"
#include "tiktok/user_agents.hpp"
#include "tiktok2twitch/net/http.hpp"
#include "tiktok2twitch/net/websocket.hpp"
#include "tiktok2twitch/tiktok/cookie_door.hpp"
#include "tiktok2twitch/tiktok/options.hpp"

namespace tiktok2twitch::tiktok {

net::http_request data_request(core::url base, std::string_view target, const user_agent& browser);
net::http_request page_request(core::url base, std::string_view target, const user_agent& browser);
// One door to the visitor cookie; `unique_id` for the user's page.
net::http_request door_request(core::url base, cookie_door door, std::string_view unique_id,
                               const user_agent& browser);
// `cookies`: the Cookie header.
net::websocket_request socket_request(const options& options, std::int64_t room_id, const user_agent& browser,
                                      std::string cookies, std::uint64_t seed);

// Views into `response`.
std::vector<header_view> headers_of(const net::http_response& response);

}  // namespace tiktok2twitch::tiktok
