// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "net/connect.hpp"

#include "net/failure.hpp"
#include "net/resolve.hpp"
#include "net/timed.hpp"

namespace tiktok2twitch::net {

using tcp = asio::ip::tcp;

namespace {

// An address that swallows packets must not use up the time of the ones after it. A SYN and two of its
// repetitions (after 1 s and 3 s) fit in.
constexpr auto attempt_limit = std::chrono::seconds(4);

awaitable<core::result<tcp::socket>> connect_one(tcp::endpoint endpoint) {
    co_await asio::this_coro::throw_if_cancelled(false);
    tcp::socket socket(co_await asio::this_coro::executor);
    const auto [error] = co_await socket.async_connect(endpoint, use_nothrow_awaitable);
    if (error) {
        co_return error;
    }
    co_return std::move(socket);
}

awaitable<core::result<tcp::socket>> connect_first(endpoints addresses) {
    core::error_code last = errc::name_not_found;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        const bool only_one_left = i + 1 == addresses.size();
        auto attempt = only_one_left ? connect_one(addresses[i])
                                     : timed(connect_one(addresses[i]), attempt_limit, errc::connect_timeout);
        auto socket = co_await std::move(attempt);
        if (stopped(co_await asio::this_coro::cancellation_state)) {
            co_return core::error_code(asio::error::operation_aborted);
        }
        if (socket) {
            co_return std::move(*socket);
        }
        last = socket.error();
    }
    co_return last;
}

}  // namespace

awaitable<core::result<any_stream>> open_stream(core::url to, tls_client tls) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return core::error_code(asio::error::operation_aborted);
    }
    if (!to.encrypted() && !core::is_loopback_host(to.host)) {
        co_return core::error_code(errc::plain_text_refused);
    }
    auto addresses = co_await resolve(to.host, to.port);
    if (!addresses) {
        co_return addresses.error();
    }
    auto socket = co_await connect_first(std::move(*addresses));
    if (!socket) {
        co_return socket.error();
    }
    auto stream = make_client_stream(std::move(*socket), to.encrypted(), tls, to.host);
    if (!stream) {
        co_return stream.error();
    }
    const auto [error] = co_await stream->async_handshake(use_nothrow_awaitable);
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return core::error_code(asio::error::operation_aborted);
    }
    if (error) {
        co_return translate(error);
    }
    co_return std::move(*stream);
}

}  // namespace tiktok2twitch::net
