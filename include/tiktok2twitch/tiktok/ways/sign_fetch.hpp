// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What is asked of a sign server, and what its answer is good for (docs/protocol/tiktok.md §3,
// docs/protocol/ways-in.md §2): the address of TikTok's own socket, good for about 30 s, its cookies, and a
// first batch of messages, which carry no mark of being old. Pure. The server is told the room and the
// browser that we claim to be, and nothing else; no login is ever sent.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"
#include "tiktok2twitch/tiktok/ways/answers.hpp"
#include "tiktok2twitch/tiktok/wire/handshake.hpp"

namespace tiktok2twitch::tiktok {

// Healthy answers have 43 to 75 KB.
inline constexpr std::size_t max_sign_answer = 1024 * 1024;

// Path and query, below the path of tiktok.sign_url.
std::string sign_target(std::int64_t room_id, const user_agent& browser);
// The headers beside User-Agent. `key` may be empty: the anonymous tier.
std::vector<std::pair<std::string, std::string>> sign_headers(std::string_view key);

struct signed_socket {
    core::url to;              // with path and query
    std::string cookies;       // for the Cookie header
    std::int64_t room_id = 0;  // of the request, or what the server says instead
    decoded_batch first;       // all marked as history
};

struct sign_question {
    std::int64_t room_id = 0;
    const user_agent* browser = nullptr;  // whose address is asked for; the socket must claim the same
    core::duration heartbeat_interval{};
    std::uint64_t seed = 0;
    bool keyed = false;
};

// The answer, or what it means that there is none. `now`, `wall_now`: when it came.
std::variant<signed_socket, way_answer> read_sign_answer(const sign_question& question, int http_status,
                                                         std::span<const header_view> headers,
                                                         std::string_view body, core::time_point now,
                                                         core::unix_ms wall_now);

}  // namespace tiktok2twitch::tiktok
