// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Real TLS on loopback: a throw-away authority, a file with it for the client, and a server identity.

#include <boost/system/system_error.hpp>
#include <string>

#include "support/io_fixture.hpp"
#include "support/temp_dir.hpp"
#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/server.hpp"
#include "tiktok2twitch/net/tls.hpp"

namespace tiktok2twitch::test {

class net_fixture : public io_fixture {
public:
    net_fixture() : net_fixture(net::make_test_identity({"localhost", "127.0.0.1"}).value()) {}
    explicit net_fixture(const net::test_identity& identity)
        : server_tls_(net::make_tls_server(identity.certificate_pem, identity.key_pem).value()),
          client_tls_(net::make_tls_client(files_.write("ca.pem", identity.ca_pem)).value()) {}

    net::listener listen_tls() { return net::listener(executor(), server_tls_); }
    net::listener listen_plain() { return net::listener(executor(), net::tls_server()); }

    static core::url url(const std::string& scheme, const net::listener& at, const std::string& target = "/",
                         const std::string& host = "localhost") {
        return core::parse_url(scheme + "://" + host + ":" + std::to_string(at.port()) + target).value();
    }

    // The next connection, its TLS handshake done.
    static net::awaitable<net::server_stream> accept(net::listener& from) {
        auto stream = co_await from.accept();
        if (const auto error = co_await net::handshake(stream.value())) {
            throw boost::system::system_error(error);
        }
        co_return std::move(*stream);
    }

    // The server half of the next WebSocket.
    static net::awaitable<net::websocket> accept_ws(net::listener& from,
                                                    std::vector<net::http_header> headers = {}) {
        auto stream = co_await accept(from);
        auto request = co_await net::read_request(stream);
        auto socket = co_await net::accept_websocket(std::move(stream), request.value(), std::move(headers));
        co_return std::move(socket.value());
    }

    // The client half.
    static net::awaitable<net::websocket> connect_ws(core::url to, net::tls_client tls,
                                                     std::size_t message_limit = 1024 * 1024) {
        net::websocket_request request;
        request.to = std::move(to);
        request.timeout = std::chrono::seconds(5);
        request.message_limit = message_limit;
        auto socket = co_await net::connect_websocket(std::move(request), std::move(tls), nullptr);
        co_return std::move(socket.value());
    }

    // The next line or message, or the error in words.
    static std::string text(const core::result<std::string>& line) {
        return line ? *line : "error: " + core::identifier(line.error());
    }

    temp_dir files_;
    net::tls_server server_tls_;
    net::tls_client client_tls_;
};

}  // namespace tiktok2twitch::test
