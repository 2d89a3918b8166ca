// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// How a WebSocket begins badly, and how it ends.

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "net/server_impl.hpp"
#include "support/net_fixture.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/net/websocket.hpp"

namespace tiktok2twitch::net {
namespace {

using namespace std::chrono_literals;

// The headers that accept an upgrade (RFC 6455 4.2.2), written by hand.
std::string agree(const server_request& request) {
    const std::string seed =
        std::string(request.find("Sec-WebSocket-Key")) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, 20> digest{};
    EVP_Digest(seed.data(), seed.size(), digest.data(), nullptr, EVP_sha1(), nullptr);
    std::array<unsigned char, 32> text{};
    EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
    return "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
           std::string(reinterpret_cast<const char*>(text.data())) + "\r\n";
}

class net_websocket_end : public test::net_fixture {
public:
    static awaitable<void> serve_raw(listener& from, std::string answer) {
        auto stream = co_await accept(from);
        auto request = co_await read_request(stream);
        EXPECT_TRUE(request.value().upgrade);
        co_await write_raw(stream, std::move(answer));
        co_await close(stream);
    }

    core::error_code refused(std::string answer, http_response* refusal) {
        auto server = listen_tls();
        spawn(serve_raw(server, std::move(answer)));
        websocket_request request;
        request.to = url("wss", server);
        request.timeout = 5s;
        const auto socket = run(connect_websocket(std::move(request), client_tls_, refusal));
        return socket ? core::error_code() : socket.error();
    }

    static awaitable<void> read_into(websocket* socket, core::result<std::string>* message) {
        *message = co_await socket->read();
    }
};

TEST_F(net_websocket_end, a_refusal_is_handed_on_with_status_headers_and_body) {
    http_response refusal;
    const auto error = refused(
        "HTTP/1.1 403 Forbidden\r\nHandshake-Status: 415\r\nContent-Length: 6\r\n\r\nblocked", &refusal);
    EXPECT_EQ(error, errc::handshake_refused);
    EXPECT_EQ(refusal.status, 403);
    EXPECT_EQ(refusal.find("handshake-status"), "415");
    EXPECT_EQ(refusal.body, "blocke");
}

TEST_F(net_websocket_end, a_200_answer_is_a_refusal_too) {
    http_response refusal;
    EXPECT_EQ(refused("HTTP/1.1 200 OK\r\nHandshake-Msg: no\r\nContent-Length: 0\r\n\r\n", &refusal),
              errc::handshake_refused);
    EXPECT_EQ(refusal.status, 200);
    EXPECT_EQ(refusal.find("Handshake-Msg"), "no");
}

TEST_F(net_websocket_end, a_long_refusal_is_cut_at_64_kib) {
    http_response refusal;
    const std::string body(70000, 'x');
    EXPECT_EQ(refused("HTTP/1.1 503 Busy\r\nContent-Length: 70000\r\n\r\n" + body, &refusal),
              errc::handshake_refused);
    EXPECT_EQ(refusal.body.size(), 64U * 1024);
}

TEST_F(net_websocket_end, nobody_needs_to_look_at_a_refusal) {
    EXPECT_EQ(refused("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", nullptr), errc::handshake_refused);
}

TEST_F(net_websocket_end, a_server_that_hangs_up_on_the_upgrade_is_named_so) {
    EXPECT_EQ(refused("", nullptr), errc::closed_by_peer);
}

TEST_F(net_websocket_end, an_answer_that_is_not_http_is_an_error) {
    EXPECT_TRUE(refused("NOTICE * :wrong door\r\n\r\n", nullptr));
}

TEST_F(net_websocket_end, a_silent_server_is_a_timeout) {
    auto server = listen_tls();
    const auto serve = [](listener* from) -> awaitable<void> {
        auto stream = co_await accept(*from);
        auto request = co_await read_request(stream);
        auto nothing = co_await read_request(stream);
        EXPECT_FALSE(nothing);
    };
    spawn(serve(&server));
    websocket_request request;
    request.to = url("wss", server);
    request.timeout = 3s;  // connection and TLS included
    const auto socket = run(connect_websocket(std::move(request), client_tls_, nullptr));
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error(), errc::connect_timeout);
}

TEST_F(net_websocket_end, plain_text_to_another_machine_is_refused) {
    websocket_request request;
    request.to = core::parse_url("ws://example.invalid/").value();
    const auto socket = run(connect_websocket(std::move(request), client_tls_, nullptr));
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error(), errc::plain_text_refused);
}

TEST_F(net_websocket_end, a_reset_is_reported_once_read_and_for_every_later_write) {
    auto server = listen_tls();
    const auto serve = [](listener* from) -> awaitable<void> {
        auto socket = co_await accept_ws(*from);
        socket.reset();
    };
    const auto work = [](core::url to, tls_client tls) -> awaitable<void> {
        auto socket = co_await connect_ws(to, tls);
        auto message = co_await socket.read();
        EXPECT_EQ(message.error(), asio::error::connection_reset);
        const auto error = co_await socket.write("x");
        EXPECT_EQ(error, asio::error::connection_reset);
        co_await socket.close();
    };
    spawn(serve(&server));
    run(work(url("wss", server), client_tls_));
}

TEST_F(net_websocket_end, a_stranger_who_vanishes_without_goodbye_is_closed_by_peer) {
    auto server = listen_tls();
    const auto serve = [](listener* from) -> awaitable<void> {
        auto socket = co_await accept_ws(*from);
    };
    const auto work = [](core::url to, tls_client tls) -> awaitable<void> {
        auto socket = co_await connect_ws(to, tls);
        auto message = co_await socket.read();
        EXPECT_EQ(text(message), "error: closed_by_peer");
        co_await socket.close();
    };
    spawn(serve(&server));
    run(work(url("wss", server), client_tls_));
}

TEST_F(net_websocket_end, a_read_in_silence_can_be_cancelled_and_the_peer_still_gets_a_close_frame) {
    auto server = listen_tls();
    std::string at_server;
    core::duration fastest = 1h;
    const auto serve = [](listener* from, std::string* bytes) -> awaitable<void> {
        auto stream = co_await accept(*from);
        auto request = co_await read_request(stream);
        co_await write_raw(stream, "HTTP/1.1 101 Switching Protocols\r\n" + agree(*request) + "\r\n");
        std::array<char, 64> chunk{};
        const auto buffer = asio::buffer(chunk);
        const auto [error, count] =
            co_await stream.get().stream.async_read_some(buffer, use_nothrow_awaitable);
        bytes->assign(chunk.data(), count);
        co_await close(stream);
    };
    const auto work = [](net_websocket_end* self, core::url to, tls_client tls,
                         core::duration* shortest) -> awaitable<void> {
        auto socket = co_await connect_ws(to, tls);
        core::result<std::string> message = std::string("nothing");
        auto reading = self->spawn(read_into(&socket, &message));
        co_await sleep(50ms);
        EXPECT_FALSE(reading->done());
        reading->cancel();
        const bool reading_ended = co_await ended(reading);
        EXPECT_TRUE(reading_ended);
        EXPECT_EQ(text(message), "error: " + core::identifier(asio::error::operation_aborted));
        const auto begin = std::chrono::steady_clock::now();
        co_await socket.close();
        *shortest = std::min<core::duration>(*shortest, std::chrono::steady_clock::now() - begin);
    };
    for (int i = 0; i < 3; ++i) {
        spawn(serve(&server, &at_server));
        run(work(this, url("wss", server), client_tls_, &fastest));
        ASSERT_EQ(at_server.size(), 8U);
        EXPECT_EQ(at_server.substr(0, 2), "\x88\x82");  // FIN and close; masked, two bytes
        EXPECT_EQ(at_server[2] ^ at_server[6], 0x03);   // 1000
        EXPECT_EQ(static_cast<unsigned char>(at_server[3] ^ at_server[7]), 0xe8);
    }
    EXPECT_LT(fastest, 1900ms);  // a close that nobody answers takes 2 s each time
}

TEST_F(net_websocket_end, closing_against_a_silent_peer_takes_two_seconds) {
    auto server = listen_tls();
    bool closed = false;
    // It reads nothing, so it never answers the close frame, and it outlasts the close: nothing but the
    // limit can have ended that.
    const auto serve = [](listener* from, const bool* over) -> awaitable<void> {
        auto socket = co_await accept_ws(*from);
        while (!*over)
            co_await sleep(5ms);
    };
    const auto work = [](core::url to, tls_client tls, bool* over) -> awaitable<void> {
        auto socket = co_await connect_ws(to, tls);
        const auto begin = std::chrono::steady_clock::now();
        co_await socket.close();
        *over = true;
        const auto took = std::chrono::steady_clock::now() - begin;
        EXPECT_GE(took, 1900ms);
        EXPECT_LT(took, 10s);
    };
    spawn(serve(&server, &closed));
    run(work(url("wss", server), client_tls_, &closed));
}

// Servers push frames right behind a long 101 answer; Beast alone fails with "buffer overflow" here.
TEST_F(net_websocket_end, frames_right_behind_a_long_101_answer_are_not_lost) {
    auto server = listen_tls();
    const auto serve = [](listener* from) -> awaitable<void> {
        auto stream = co_await accept(*from);
        auto request = co_await read_request(stream);
        std::string frames;
        for (int i = 0; i < 4; ++i) {
            frames += std::string("\x82\x7e\x13\x88", 4) + std::string(5000, 'x');
        }
        co_await write_raw(stream, "HTTP/1.1 101 Switching Protocols\r\n" + agree(*request) +
                                       "X-Long: " + std::string(3700, 'y') + "\r\n\r\n" + frames);
        co_await close(stream);
    };
    const auto work = [](core::url to, tls_client tls) -> awaitable<void> {
        auto socket = co_await connect_ws(to, tls);
        for (int i = 0; i < 4; ++i) {
            auto message = co_await socket.read();
            EXPECT_EQ(text(message), std::string(5000, 'x'));
        }
        auto end = co_await socket.read();
        EXPECT_EQ(text(end), "error: closed_by_peer");
        co_await socket.close();
    };
    spawn(serve(&server));
    run(work(url("wss", server), client_tls_));
}

}  // namespace
}  // namespace tiktok2twitch::net
