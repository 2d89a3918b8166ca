// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A socket on which the other side speaks and has no heartbeat of its own: it is pinged.

#include <functional>
#include <string>

#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/websocket.hpp"

namespace tiktok2twitch::tiktok {

struct push_handlers {
    // A message; an error ends the connection.
    std::function<core::error_code(const std::string& message, bool text, core::time_point now)> on_message;
    std::function<void(core::time_point now)> on_pong;
};

inline constexpr core::duration push_ping_interval = std::chrono::seconds(5);
inline constexpr core::duration push_silence_limit = std::chrono::seconds(11);

// Reads until the end and closes the socket. Returns what on_message returned, way_errc::silent, errc::closed
// (`socket` knows the code), the system's error, or operation_aborted when cancelled.
net::awaitable<core::error_code> run_push_socket(net::websocket& socket, push_handlers handlers);

}  // namespace tiktok2twitch::tiktok
