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
#include "tiktok2twitch/tiktok/options.hpp"

namespace tiktok2twitch::tiktok {

// Who we are for TikTok; the two belong together (2.4).
struct visitor {
    const user_agent* browser = nullptr;
    std::string ttwid;
};

net::http_request data_request(core::url base, std::string_view target, const user_agent& browser);
net::http_request page_request(core::url base, std::string_view target, const user_agent& browser);
net::websocket_request socket_request(const options& options, std::int64_t room_id, const visitor& who,
                                      std::uint64_t seed);

// Views into `response`.
std::vector<header_view> headers_of(const net::http_response& response);

}  // namespace tiktok2twitch::tiktok
