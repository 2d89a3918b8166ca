// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::tiktok {

// One HTTP header as received; the pure code does not know the HTTP client's types.
struct header_view {
    std::string_view name;
    std::string_view value;
};

inline char ascii_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

inline bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(a, b, {}, ascii_lower, ascii_lower);
}

// Why a WebSocket upgrade was refused (docs/protocol/tiktok.md §2.5).

struct handshake_refusal {
    core::error_code reason;
    std::string detail;  // "HTTP 200, Handshake-Msg: ..., x-tt-logid: ...": the only diagnosis there is
};

handshake_refusal classify_refusal(int http_status, std::span<const header_view> headers);

// A desktop browser as it describes itself; the three parameters are what navigator.appCodeName,
// .platform and .appVersion say in that browser, and must agree with the text (docs/protocol/tiktok.md §2.3,
// §2.4).
struct user_agent {
    std::string_view text;
    std::string_view browser_name;
    std::string_view browser_platform;
    std::string_view browser_version;
};

std::span<const user_agent> user_agents() noexcept;

// Paths and queries of the requests to TikTok (docs/protocol/tiktok.md §1.1-1.3, §2.3), percent-encoded once.

// `seed` decides last_rtt, which a browser measures.
std::string websocket_target(std::int64_t room_id, const user_agent& browser,
                             core::duration heartbeat_interval, std::uint64_t seed);

std::string api_live_target(std::string_view unique_id);
std::string live_page_target(std::string_view unique_id);
std::string check_alive_target(std::int64_t room_id);

// `target` below the path of a configured base URL, whose own target may be empty or "/".
std::string under(std::string_view base_target, std::string_view target);

}  // namespace tiktok2twitch::tiktok
