// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/signal_watch.hpp"

#include <csignal>
#include <utility>

namespace tiktok2twitch::app {
namespace {

constexpr auto second_look_after = std::chrono::milliseconds(200);

}  // namespace

signal_watch::signal_watch(run_context& run, std::function<void(std::string_view why)> stop,
                           std::function<void()> reload)
    : run_(run),
      stop_(std::move(stop)),
      reload_(std::move(reload)),
      signals_(run.loop),
      second_look_(run.loop) {}

void signal_watch::open() {
    signals_.add(SIGINT);
    signals_.add(SIGTERM);
    if (!run_.settings.start.ignores_hang_ups()) {
        signals_.add(SIGHUP);
        hang_ups_.emplace(signal_mask::mode::let_through, SIGHUP);
    }
    open_ = true;
    await();
}

void signal_watch::close() {
    open_ = false;
    hang_ups_.reset();
    second_look_.cancel();
    signals_.cancel();
    signals_.clear();
}

void signal_watch::await() {
    signals_.async_wait([this](core::error_code error, int number) {
        if (error)
            return;
        if (number == SIGHUP)
            on_hang_up(false);
        else
            stop_(number == SIGINT ? "interrupted" : "asked to stop");
        if (open_)
            await();
    });
}

// A window that closes may send the signal several times, the first time just before the terminal is gone.
void signal_watch::on_hang_up(bool again) {
    const auto meaning = run_.settings.start.meaning();
    if (meaning == hang_up::stops) {
        second_look_.cancel();
        if (!run_.stop_requested)
            stop_("the terminal was closed");
        return;
    }
    if (meaning == hang_up::ignored || !run_.running())
        return;
    if (again || !run_.settings.start.had_terminal()) {
        reload_();
        return;
    }
    second_look_.expires_after(second_look_after);
    second_look_.async_wait([this](core::error_code error) {
        if (!error && run_.phase != run_phase::over)
            on_hang_up(true);
    });
}

}  // namespace tiktok2twitch::app
