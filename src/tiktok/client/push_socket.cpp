// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok/client/push_socket.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <utility>
#include <variant>

#include "net/clock.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/ways/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

namespace asio = net::asio;
using net::clock;

constexpr core::duration look_every = std::chrono::seconds(1);

struct connection {
    connection(net::websocket& opened, push_handlers told)
        : socket(opened), handlers(std::move(told)), heard_at(clock::now()) {}

    net::websocket& socket;
    push_handlers handlers;
    core::time_point heard_at;
    std::uint64_t pongs = 0;
};

net::awaitable<core::error_code> read_messages(connection& c) {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        const core::result<std::string> message = co_await c.socket.read();
        if (!message) {
            const bool closed = message.error() == net::errc::closed_by_peer;
            co_return closed ? core::error_code(errc::closed) : message.error();
        }
        c.heard_at = clock::now();
        if (const auto end = c.handlers.on_message(*message, c.socket.got_text(), c.heard_at))
            co_return end;
    }
}

net::awaitable<core::error_code> send_pings(connection& c) {
    co_await asio::this_coro::throw_if_cancelled(false);
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (;;) {
        timer.expires_after(push_ping_interval);
        co_await timer.async_wait(net::use_nothrow_awaitable);
        if (stopped(co_await asio::this_coro::cancellation_state))
            co_return asio::error::operation_aborted;
        if (const auto error = co_await c.socket.ping())
            co_return error == net::errc::closed_by_peer ? core::error_code(errc::closed) : error;
    }
}

// Apart from the pings: a write that hangs must not stop this clock.
net::awaitable<core::error_code> watch_silence(connection& c) {
    co_await asio::this_coro::throw_if_cancelled(false);
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (;;) {
        timer.expires_after(look_every);
        co_await timer.async_wait(net::use_nothrow_awaitable);
        if (stopped(co_await asio::this_coro::cancellation_state))
            co_return asio::error::operation_aborted;
        const core::time_point now = clock::now();
        if (std::exchange(c.pongs, c.socket.pongs()) != c.socket.pongs()) {
            c.heard_at = now;
            c.handlers.on_pong(now);
        }
        if (now - c.heard_at >= push_silence_limit)
            co_return way_errc::silent;
    }
}

}  // namespace

net::awaitable<core::error_code> run_push_socket(net::websocket& socket, push_handlers handlers) {
    using namespace asio::experimental::awaitable_operators;
    co_await asio::this_coro::throw_if_cancelled(false);
    connection c(socket, std::move(handlers));
    auto all = read_messages(c) || send_pings(c) || watch_silence(c);
    const auto outcome = co_await std::move(all);
    core::error_code reason = std::visit([](const core::error_code& error) { return error; }, outcome);
    co_await socket.close();
    if (stopped(co_await asio::this_coro::cancellation_state))
        reason = asio::error::operation_aborted;
    co_return reason;
}

}  // namespace tiktok2twitch::tiktok
