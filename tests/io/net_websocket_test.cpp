// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/net/websocket.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>

#include "support/net_fixture.hpp"

namespace tiktok2twitch::net {
namespace {

using namespace std::chrono_literals;

class net_websocket : public test::net_fixture {
public:
    static awaitable<void> echo(listener& from) {
        auto socket = co_await accept_ws(from);
        for (;;) {
            auto message = co_await socket.read();
            if (!message || co_await socket.write(std::move(*message))) {
                break;
            }
        }
        co_await socket.close();
    }

    // How long each of them took, sorted.
    static awaitable<std::vector<core::duration>> hundred_round_trips(core::url to, tls_client tls) {
        std::vector<core::duration> took;
        auto socket = co_await connect_ws(std::move(to), std::move(tls));
        for (int i = 0; i < 100; ++i) {
            const std::string sent = "message " + std::to_string(i);
            const auto begin = std::chrono::steady_clock::now();
            EXPECT_FALSE(co_await socket.write(sent));
            auto echoed = co_await socket.read();
            EXPECT_EQ(text(echoed), sent);
            took.push_back(std::chrono::steady_clock::now() - begin);
        }
        co_await socket.close();
        std::sort(took.begin(), took.end());
        co_return took;
    }
};

TEST_F(net_websocket, messages_come_back_over_tls) {
    auto server = listen_tls();
    spawn(echo(server));
    run(hundred_round_trips(url("wss", server), client_tls_));
}

TEST_F(net_websocket, messages_come_back_over_plain_loopback_without_delays) {
    auto server = listen_plain();
    spawn(echo(server));
    const auto took = run(hundred_round_trips(url("ws", server), tls_client()));
    // A frame in two small writes waits 40 ms for a delayed acknowledgement: nearly every time, where a slow
    // machine makes single round trips long.
    ASSERT_EQ(took.size(), 100U);
    EXPECT_LT(took[50], 20ms);
}

constexpr int many = 1000;

awaitable<core::error_code> write_many(websocket* socket) {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (int i = 0; i < many; ++i) {
        std::string message(static_cast<std::size_t>(i), 'a');
        if (const auto error = co_await socket->write(std::move(message))) {
            co_return error;
        }
    }
    co_return core::error_code();
}

awaitable<core::error_code> read_many(websocket* socket, int* received) {
    co_await asio::this_coro::throw_if_cancelled(false);
    while (*received < many) {
        auto message = co_await socket->read();
        if (!message) {
            co_return message.error();
        }
        EXPECT_EQ(message->size(), static_cast<std::size_t>(*received));
        ++*received;
    }
    co_return core::error_code();
}

awaitable<void> exchange_many(websocket* socket, int* received) {
    using namespace asio::experimental::awaitable_operators;
    auto both = write_many(socket) && read_many(socket, received);
    co_await std::move(both);
}

TEST_F(net_websocket, both_sides_send_a_thousand_messages_at_the_same_time) {
    auto server = listen_tls();
    int at_server = 0;
    int at_client = 0;
    const auto serve = [](listener* from, int* received) -> awaitable<void> {
        auto socket = co_await accept_ws(*from);
        co_await exchange_many(&socket, received);
        co_await socket.close();
    };
    const auto work = [](core::url to, tls_client tls, int* received) -> awaitable<void> {
        auto socket = co_await connect_ws(to, tls);
        co_await exchange_many(&socket, received);
        auto end = co_await socket.read();
        EXPECT_EQ(text(end), "error: closed_by_peer");
        co_await socket.close();
    };
    spawn(serve(&server, &at_server));
    run(work(url("wss", server), client_tls_, &at_client));
    EXPECT_EQ(at_server, many);
    EXPECT_EQ(at_client, many);
}

TEST_F(net_websocket, a_message_over_the_limit_is_skipped_and_the_connection_goes_on) {
    auto server = listen_tls();
    const auto serve = [](listener* from) -> awaitable<void> {
        auto socket = co_await accept_ws(*from);
        EXPECT_FALSE(co_await socket.write(std::string(50000, 'a')));
        EXPECT_FALSE(co_await socket.write(std::string(50001, 'b')));
        EXPECT_FALSE(co_await socket.write(std::string(900000, 'c')));
        EXPECT_FALSE(co_await socket.write(std::string("after")));
        co_await socket.close();
    };
    const auto work = [](core::url to, tls_client tls) -> awaitable<void> {
        auto socket = co_await connect_ws(to, tls, 50000);
        auto fits = co_await socket.read();
        EXPECT_EQ(text(fits), std::string(50000, 'a'));
        EXPECT_EQ(socket.oversized(), 0U);
        auto next = co_await socket.read();
        EXPECT_EQ(text(next), "after");
        EXPECT_EQ(socket.oversized(), 2U);
        co_await socket.close();
    };
    spawn(serve(&server));
    run(work(url("wss", server), client_tls_));
}

TEST_F(net_websocket, an_empty_message_is_a_message) {
    auto server = listen_tls();
    spawn(echo(server));
    const auto work = [](core::url to, tls_client tls) -> awaitable<void> {
        auto socket = co_await connect_ws(to, tls);
        EXPECT_FALSE(co_await socket.write(std::string()));
        auto echoed = co_await socket.read();
        EXPECT_EQ(text(echoed), "");
        co_await socket.close();
    };
    run(work(url("wss", server), client_tls_));
}

bool has(const std::vector<http_header>& list, const std::string& name, const std::string& value) {
    return std::any_of(list.begin(), list.end(), [&](const http_header& header) {
        return header.name == name && header.value == value;
    });
}

TEST_F(net_websocket, headers_travel_both_ways_and_no_extension_is_offered) {
    auto server = listen_tls();
    std::vector<http_header> at_server;
    std::vector<http_header> at_client;
    const auto serve = [](listener* from, std::vector<http_header>* seen) -> awaitable<void> {
        std::vector<http_header> headers;
        headers.push_back(http_header{"Handshake-Msg", "welcome"});
        auto socket = co_await accept_ws(*from, std::move(headers));
        *seen = socket.headers();
        co_await socket.close();
    };
    const auto work = [](core::url to, tls_client tls, std::vector<http_header>* seen) -> awaitable<void> {
        websocket_request request;
        request.to = to;
        request.headers.push_back(http_header{"Cookie", "ttwid=1"});
        request.headers.push_back(http_header{"User-Agent", "test"});
        auto socket = co_await connect_websocket(std::move(request), tls, nullptr);
        *seen = socket.value().headers();
        co_await socket.value().close();
    };
    spawn(serve(&server, &at_server));
    run(work(url("wss", server, "/im?room=1"), client_tls_, &at_client));
    EXPECT_TRUE(has(at_client, "Handshake-Msg", "welcome"));
    EXPECT_TRUE(has(at_server, "Cookie", "ttwid=1"));
    EXPECT_TRUE(has(at_server, "User-Agent", "test"));
    EXPECT_TRUE(has(at_server, "Host", "localhost:" + std::to_string(server.port())));
    EXPECT_TRUE(std::none_of(at_server.begin(), at_server.end(), [](const http_header& header) {
        return header.name == "Sec-WebSocket-Extensions";
    }));
}

}  // namespace
}  // namespace tiktok2twitch::net
