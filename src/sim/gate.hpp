// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/net/awaitable.hpp"

namespace tiktok2twitch::sim {

namespace asio = boost::asio;

// Lets one coroutine sleep until a time or until somebody opens the gate; an opening that comes before
// the wait is not lost.
class gate {
public:
    explicit gate(asio::any_io_executor executor) : timer_(std::move(executor)) {}

    void open() {
        open_ = true;
        timer_.cancel();
    }

    net::awaitable<void> wait(core::time_point until = core::time_point::max()) {
        co_await asio::this_coro::throw_if_cancelled(false);
        if (!open_) {
            timer_.expires_at(until);
            co_await timer_.async_wait(net::use_nothrow_awaitable);
        }
        open_ = false;
    }

private:
    asio::steady_timer timer_;
    bool open_ = false;
};

using net::stopped;

}  // namespace tiktok2twitch::sim
