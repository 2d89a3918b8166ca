// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The coroutines that run beside the rooms and the connection to Twitch, for as long as the relay does. On
// the egress loop.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <functional>
#include <list>

#include "tiktok2twitch/net/awaitable.hpp"

namespace tiktok2twitch::app {

class side_tasks {
public:
    using end_handler = std::function<void(core::error_code reason)>;

    // `all_ended` is called whenever a task has ended and no other is left.
    side_tasks(boost::asio::any_io_executor loop, std::function<void()> all_ended);

    // `ended` is told once that task has ended. What the task throws ends the loop.
    void start(net::awaitable<core::error_code> task, end_handler ended = {});
    void cancel_all();
    bool empty() const noexcept { return running_ == 0; }

private:
    boost::asio::any_io_executor loop_;
    std::function<void()> all_ended_;
    std::list<boost::asio::cancellation_signal> signals_;  // of all that were started
    std::size_t running_ = 0;
};

}  // namespace tiktok2twitch::app
