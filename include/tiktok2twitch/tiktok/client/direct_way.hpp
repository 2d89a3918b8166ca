// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A way into a room. The direct way (no signature) is the only one today; a signed way through a sign
// server and a JSON socket fit behind the same two calls.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/http.hpp"
#include "tiktok2twitch/net/websocket.hpp"
#include "tiktok2twitch/tiktok/options.hpp"
#include "tiktok2twitch/tiktok/room/door_plan.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"
#include "tiktok2twitch/tiktok/wire/handshake.hpp"
#include "tiktok2twitch/tiktok/wire/room_page.hpp"

namespace tiktok2twitch::tiktok {

// How a connection ended: why, and whether it had lived (docs/protocol/tiktok.md §2.9).
struct connection_end {
    core::error_code reason;
    core::duration lasted{};  // zero when the handshake did not succeed
    std::string detail;       // what the doors or the upgrade answered, for the log
    bool reached = true;      // the handshake's request went out, whatever came of it
};

// Receives what a connection decodes, on the ingest loop. Must not block.
class room_sink {
public:
    virtual ~room_sink() = default;
    // The visitor cookie of this connection came through that door.
    virtual void on_cookie(cookie_door) {}
    virtual void on_connected(core::time_point now) = 0;
    // The live's room, from a way that tells it.
    virtual void on_room(std::int64_t /*room_id*/) {}
    // A WebSocket message as it came, before what it means.
    virtual void on_frame(bool /*text*/, std::string_view /*bytes*/, core::time_point /*now*/) {}
    virtual void on_batch(decoded_batch batch, core::time_point now) = 0;
};

class way_in {
public:
    virtual ~way_in() = default;

    // One question, one deadline, no retry. Errors: tiktok::errc, net::errc, operation_aborted.
    virtual net::awaitable<core::result<room_status>> lookup_api(std::string unique_id) = 0;
    virtual net::awaitable<core::result<room_status>> lookup_page(std::string unique_id) = 0;
    virtual net::awaitable<core::result<bool>> check_alive(std::int64_t room_id) = 0;

    // Tries each door to the visitor cookie once, whatever the others say, and keeps the first cookie that
    // comes. connect() goes by as few doors as it can; this is for who wants to know what each of them says.
    virtual net::awaitable<std::vector<door_report>> try_doors() = 0;

    // TikTok has asked to be left alone until then (Retry-After); min(): it has not.
    virtual core::time_point not_before() const { return core::time_point::min(); }

    // Gets an identity if there is none, connects and delivers to `sink` until the connection ends.
    // `fresh_identity` throws the present cookies and user agent away first.
    virtual net::awaitable<connection_end> connect(std::int64_t room_id, bool fresh_identity,
                                                   room_sink& sink) = 0;
};

// The requests of the direct way with the headers of a browser (docs/protocol/tiktok.md §1.1, §2.1, §2.4).

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
