// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/net/error.hpp"

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

// One way to bound an operation in time.

namespace detail {

// What bounded() and its work have in common; it lives until both are over.
template <class T>
struct pending {
    explicit pending(const asio::any_io_executor& executor) : wait(executor) {}

    asio::cancellation_signal stop;
    asio::steady_timer wait;
    std::optional<core::result<T>> outcome;
    std::exception_ptr error;
    bool over = false;
};

template <class T>
awaitable<void> keep(awaitable<core::result<T>> work, std::shared_ptr<pending<T>> out) {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto outcome = co_await std::move(work);
    out->outcome.emplace(std::move(outcome));
}

// A cancellation is heard by what is under way when it comes. Boost 1.81's Beast begins its next read without
// asking whether one came between two; so it is said again until it was heard. (Not through `||`, which
// passes on only the first.) The pause between two is short beside what a stop may take.
inline constexpr core::duration said_again_after = std::chrono::milliseconds(100);

}  // namespace detail

// Runs `work` and cancels it after `limit`; returns when it has ended. The result is then `on_timeout`,
// unless it succeeded all the same, or operation_aborted when this coroutine was cancelled meanwhile. `work`
// must begin with throw_if_cancelled(false): the setting does not pass into a coroutine of its own,
// and not cancel this one before its first wait: it runs so far before anybody listens here.
// For farewells: these are said although the coroutine was cancelled.
template <class T>
awaitable<core::result<T>> bounded(awaitable<core::result<T>> work, core::duration limit, errc on_timeout) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const auto shared = std::make_shared<detail::pending<T>>(executor);
    auto kept = detail::keep(std::move(work), shared);
    auto ended = [shared](std::exception_ptr error) {
        shared->error = error;
        shared->over = true;
        shared->wait.cancel();
    };
    asio::co_spawn(executor, std::move(kept),
                   asio::bind_cancellation_slot(shared->stop.slot(), std::move(ended)));
    shared->wait.expires_after(limit);
    bool late = false;
    for (bool first = true; !shared->over; first = false) {
        const auto [error] = co_await shared->wait.async_wait(use_nothrow_awaitable);
        if (shared->over) {
            break;
        }
        late = late || (first && !error);
        shared->stop.emit(asio::cancellation_type::terminal);
        shared->wait.expires_after(detail::said_again_after);
    }
    if (shared->error) {
        std::rethrow_exception(shared->error);
    }
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return core::error_code(asio::error::operation_aborted);
    }
    if (late && !*shared->outcome) {
        co_return core::error_code(on_timeout);
    }
    co_return std::move(*shared->outcome);
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
