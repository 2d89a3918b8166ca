// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The signals that a running relay obeys: SIGINT and SIGTERM stop it; for SIGHUP see hang_up.hpp. On the
// egress loop.

#include <functional>
#include <optional>
#include <string_view>

#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "tiktok2twitch/app/cli/process.hpp"
#include "tiktok2twitch/app/service/run_context.hpp"

namespace tiktok2twitch::app {

class signal_watch {
public:
    signal_watch(run_context& run, std::function<void(std::string_view why)> stop,
                 std::function<void()> reload);

    void open();
    // Signals have the system's own meaning again, but for SIGHUP, which run_relay holds back.
    void close();

private:
    void await();
    void on_hang_up(bool again);

    run_context& run_;
    std::function<void(std::string_view why)> stop_;
    std::function<void()> reload_;
    boost::asio::signal_set signals_;
    boost::asio::steady_timer second_look_;
    std::optional<signal_mask> hang_ups_;  // while open
    bool open_ = false;
};

}  // namespace tiktok2twitch::app
