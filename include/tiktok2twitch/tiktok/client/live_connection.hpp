// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// One open webcast socket, from the first frame to its end.

#include <cstdint>

#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/websocket.hpp"
#include "tiktok2twitch/tiktok/client/direct_way.hpp"

namespace tiktok2twitch::tiktok {

// Obeys a webcast_session and delivers to `sink` until the connection ends; closes the socket. Returns why:
// tiktok::errc, the system's, or operation_aborted when cancelled.
net::awaitable<core::error_code> run_connection(net::websocket socket, session_options options,
                                                std::int64_t room_id, room_sink& sink);

}  // namespace tiktok2twitch::tiktok
