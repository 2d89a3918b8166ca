// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// One way to bound an operation in time, and one way to ask whether somebody outside wants it to end.

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <utility>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/error.hpp"

namespace tiktok2twitch::net {

// if (stopped(co_await asio::this_coro::cancellation_state)) ...
inline bool stopped(const asio::cancellation_state& state) noexcept {
    return (state.cancelled() & asio::cancellation_type::terminal) != asio::cancellation_type::none;
}

namespace detail {

inline awaitable<void> pause(core::duration time) {
    co_await asio::this_coro::throw_if_cancelled(false);
    asio::steady_timer timer(co_await asio::this_coro::executor);
    timer.expires_after(time);
    co_await timer.async_wait(use_nothrow_awaitable);
}

}  // namespace detail

// Runs `work` and cancels it after `limit`; returns when it has ended. The result is then `on_timeout`,
// or operation_aborted when this coroutine was cancelled meanwhile. `work` must not throw and must begin
// with throw_if_cancelled(false): the setting does not pass through `||`.
// For farewells: these are said although the coroutine was cancelled.
template <class T>
awaitable<core::result<T>> bounded(awaitable<core::result<T>> work, core::duration limit, errc on_timeout) {
    using namespace asio::experimental::awaitable_operators;
    co_await asio::this_coro::throw_if_cancelled(false);
    auto both = std::move(work) || detail::pause(limit);
    auto outcome = co_await std::move(both);
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return core::error_code(asio::error::operation_aborted);
    }
    if (outcome.index() == 1) {
        co_return core::error_code(on_timeout);
    }
    co_return std::get<0>(std::move(outcome));
}

// The same, but does not begin when the coroutine is cancelled already: no signal would come any more.
template <class T>
awaitable<core::result<T>> timed(awaitable<core::result<T>> work, core::duration limit, errc on_timeout) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return core::error_code(asio::error::operation_aborted);
    }
    // g++ 12 makes a trap of `co_return co_await bounded(...)` in this template.
    auto begun = bounded(std::move(work), limit, on_timeout);
    auto outcome = co_await std::move(begun);
    co_return std::move(outcome);
}

}  // namespace tiktok2twitch::net
