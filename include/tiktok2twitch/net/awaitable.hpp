// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::net {

namespace asio = boost::asio;

template <class T = void>
using awaitable = asio::awaitable<T>;

// Completion token: errors are returned beside the result, never thrown.
inline constexpr auto use_nothrow_awaitable = asio::as_tuple(asio::use_awaitable);

// Somebody wants this coroutine to end: if (stopped(co_await asio::this_coro::cancellation_state)) ...
// The state is asked, not the error code: operation_aborted has more than one cause.
inline bool stopped(const asio::cancellation_state& state) noexcept {
    return state.cancelled() != asio::cancellation_type::none;
}
// The same: if (co_await is_cancelled()) ...
inline awaitable<bool> is_cancelled() {
    const auto state = co_await asio::this_coro::cancellation_state;
    co_return stopped(state);
}

}  // namespace tiktok2twitch::net
