// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/run_context.hpp"

#include <exception>
#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>

namespace tiktok2twitch::app {
namespace asio = boost::asio;

run_context::run_context(relay_settings the_settings, std::function<void()> on_late)
    : settings(std::move(the_settings)), on_late_(std::move(on_late)), watchdog_(loop) {}

void run_context::start_beside(net::awaitable<core::error_code> task,
                               std::function<void(core::error_code reason)> ended) {
    ++beside_;
    auto& signal = signals_.emplace_back();
    auto on_end = [this, ended = std::move(ended)](std::exception_ptr exception, core::error_code reason) {
        if (--beside_ == 0 && phase == run_phase::over)
            watchdog_.expires_at(core::time_point::max());
        if (exception)
            std::rethrow_exception(exception);
        if (ended)
            ended(reason);
    };
    asio::co_spawn(loop, std::move(task), asio::bind_cancellation_slot(signal.slot(), std::move(on_end)));
}

void run_context::cancel_beside() {
    for (auto& signal : signals_)
        signal.emit(asio::cancellation_type::terminal);
}

void run_context::guard_end(core::duration limit) {
    if (alone() && phase == run_phase::over) {
        watchdog_.expires_at(core::time_point::max());
        return;
    }
    watchdog_.expires_after(limit);
    watchdog_.async_wait([this](core::error_code error) {
        // The timer may have expired just before it was set anew.
        if (!error && std::chrono::steady_clock::now() >= watchdog_.expiry())
            on_late_();
    });
}

}  // namespace tiktok2twitch::app
