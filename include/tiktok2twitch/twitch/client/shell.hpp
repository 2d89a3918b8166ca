// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the shells of an account have in common: waiting, waking, handing over, and the time between two
// connections.

#include <boost/asio/steady_timer.hpp>

#include "tiktok2twitch/twitch/client/account_shell.hpp"
#include "tiktok2twitch/twitch/client/send_log.hpp"

namespace tiktok2twitch::twitch {

class shell_pump {
public:
    shell_pump(net::asio::any_io_executor executor, account& subject, account_listener& listener,
               send_log& log)
        : account_(subject),
          listener_(listener),
          log_(log),
          timer_(executor),
          written_(std::move(executor)) {}

    void wake();
    void deliver();
    // Until then, or until somebody wakes it. One coroutine at a time.
    net::awaitable<void> pause_until(core::time_point at);

    // True when it is time to connect; false when stopped or drained.
    net::awaitable<bool> wait_for_attempt();
    // Ends, with an error, when there is nothing left to connect for.
    net::awaitable<core::error_code> until_drained();
    // Ends, with an error, when the time that drain() allowed is over.
    net::awaitable<core::error_code> until_drain_deadline();

    // A line is about to leave: notes it on disk, tells the listener, and waits until both are written.
    net::awaitable<void> announce(const write_line& line);

private:
    void note_on_disk(core::time_point said);
    void on_logged(core::error_code failed);
    net::awaitable<void> until_written();

    account& account_;
    account_listener& listener_;
    send_log& log_;
    net::asio::steady_timer timer_;    // what the one waiting coroutine waits on; cancelled to wake it
    bool changed_ = false;             // set before the timer is cancelled: a wake-up is never lost
    net::asio::steady_timer written_;  // what announce() waits on
    bool log_failed_ = false;
    bool disk_hangs_ = false;
};

}  // namespace tiktok2twitch::twitch
