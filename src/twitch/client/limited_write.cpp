// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "twitch/client/limited_write.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <utility>
#include <variant>

#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {

namespace asio = net::asio;

namespace {

constexpr core::duration write_limit = std::chrono::seconds(15);

// Ends with an error when the limit is over.
net::awaitable<core::error_code> write_deadline(core::duration limit) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor, limit);
    co_await timer.async_wait(net::use_nothrow_awaitable);
    co_return make_error_code(errc::connection_dead);
}

net::awaitable<core::error_code> write_all(net::line_stream& stream, std::string bytes) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto error = co_await stream.write(std::move(bytes));
    co_return error;
}

}  // namespace

net::awaitable<core::error_code> limited_write(net::line_stream& stream, std::string bytes) {
    using asio::experimental::awaitable_operators::operator||;
    auto either = write_all(stream, std::move(bytes)) || write_deadline(write_limit);
    auto result = co_await std::move(either);
    co_return std::visit([](core::error_code error) { return error; }, result);
}

}  // namespace tiktok2twitch::twitch
