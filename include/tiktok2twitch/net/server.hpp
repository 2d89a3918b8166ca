// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The accepting side, for the simulator: real sockets, real TLS, loopback only.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tiktok2twitch/net/http.hpp"
#include "tiktok2twitch/net/line_stream.hpp"
#include "tiktok2twitch/net/websocket.hpp"

namespace tiktok2twitch::net {

// An accepted connection before it is known what it will carry.
class server_stream {
public:
    struct impl;
    explicit server_stream(std::unique_ptr<impl> impl);
    server_stream(server_stream&&) noexcept;
    server_stream& operator=(server_stream&&) noexcept;
    ~server_stream();

    std::unique_ptr<impl> release() noexcept;
    impl& get() noexcept;
    void reset() noexcept;

private:
    std::unique_ptr<impl> impl_;
};

class listener {
public:
    struct impl;
    // Listens on 127.0.0.1 at once, on a free port when `port` is 0. With an empty tls_server it is plain.
    // Throws boost::system::system_error when the port is taken.
    listener(asio::any_io_executor executor, tls_server tls, std::uint16_t port = 0);
    listener(listener&&) noexcept;
    ~listener();

    std::uint16_t port() const noexcept;
    // The next TCP connection, TLS not yet spoken (a silent client must not block the others): call
    // handshake() on it in a coroutine of its own.
    awaitable<core::result<server_stream>> accept();
    void close() noexcept;

private:
    std::unique_ptr<impl> impl_;
};

// The server half of TLS, bounded to 10 s; nothing to do on a plain listener.
awaitable<core::error_code> handshake(server_stream& stream);

struct server_request {
    std::string method;
    std::string target;
    std::vector<http_header> headers;
    std::string body;
    bool upgrade = false;  // asks for a WebSocket

    std::string_view find(std::string_view name) const noexcept;
};

// One HTTP request; call again for the next on a kept-alive connection.
awaitable<core::result<server_request>> read_request(server_stream& stream);
awaitable<core::error_code> write_response(server_stream& stream, http_response response);
// Sends raw bytes as they are (recorded or broken answers).
awaitable<core::error_code> write_raw(server_stream& stream, std::string bytes);
// Orderly end of a connection that carried HTTP.
awaitable<void> close(server_stream& stream);

// Answers 101 to `request` (as returned by read_request) with extra headers.
awaitable<core::result<websocket>> accept_websocket(server_stream stream, server_request request,
                                                    std::vector<http_header> headers);
line_stream as_lines(server_stream stream);

}  // namespace tiktok2twitch::net
