// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tiktok2twitch/net/http.hpp"

namespace tiktok2twitch::net {

struct websocket_request {
    core::url to;                      // wss://, or ws:// to loopback
    std::vector<http_header> headers;  // User-Agent, Cookie, Origin ...
    core::duration timeout = std::chrono::seconds(20);
    std::size_t message_limit = 1024 * 1024;
    bool plain_allowed = false;  // ws:// to any host: its owner has named it
    bool* asked = nullptr;       // set when the server was reached and the request goes out; may be null
};

// One open WebSocket, client or server side. One reader and one writer may run at the same time, not
// more. Never offers permessage-deflate; answers pings; has no ping timeout of its own (the peer of this
// project does not answer client pings). After an error or a cancelled operation only close() is useful.
class websocket {
public:
    struct impl;
    explicit websocket(std::unique_ptr<impl> impl);
    websocket(websocket&&) noexcept;
    websocket& operator=(websocket&&) noexcept;
    ~websocket();

    // The next message, text or binary. A message over the limit is read to its end, thrown away and
    // counted in oversized(); the connection goes on.
    awaitable<core::result<std::string>> read();
    awaitable<core::error_code> write(std::string message);  // one binary message
    awaitable<core::error_code> write_text(std::string message);
    awaitable<core::error_code> ping();              // counts as a write; its pong as a read
    awaitable<void> close_with(std::uint16_t code);  // as close(), with a code of its own
    awaitable<void> close();                         // closing handshake, bounded to 2 s
    void reset() noexcept;                           // cuts the TCP connection (RST)

    std::uint64_t oversized() const noexcept;
    bool got_text() const noexcept;             // the last message was text
    std::uint64_t pongs() const noexcept;       // that came so far, while reading
    std::uint16_t close_code() const noexcept;  // that the peer closed with; 0: it has not, 1005: with none
    // Headers of the 101 answer (client side) or of the upgrade request (server side).
    const std::vector<http_header>& headers() const noexcept;

private:
    std::unique_ptr<impl> impl_;
};

// On errc::handshake_refused, *refusal (may be null) holds the server's answer.
awaitable<core::result<websocket>> connect_websocket(websocket_request request, tls_client tls,
                                                     http_response* refusal);

}  // namespace tiktok2twitch::net
