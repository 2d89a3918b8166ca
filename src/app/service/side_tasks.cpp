// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/service/side_tasks.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <utility>

namespace tiktok2twitch::app {

namespace asio = boost::asio;

side_tasks::side_tasks(asio::any_io_executor loop, std::function<void()> all_ended)
    : loop_(std::move(loop)), all_ended_(std::move(all_ended)) {}

void side_tasks::start(net::awaitable<core::error_code> task, end_handler ended) {
    ++running_;
    auto& signal = signals_.emplace_back();
    auto on_end = [this, ended = std::move(ended)](std::exception_ptr exception, core::error_code reason) {
        if (--running_ == 0)
            all_ended_();
        if (exception)
            std::rethrow_exception(exception);
        if (ended)
            ended(reason);
    };
    asio::co_spawn(loop_, std::move(task), asio::bind_cancellation_slot(signal.slot(), std::move(on_end)));
}

void side_tasks::cancel_all() {
    for (auto& signal : signals_)
        signal.emit(asio::cancellation_type::terminal);
}

}  // namespace tiktok2twitch::app
