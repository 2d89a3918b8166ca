// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What obeys a twitch::account: the real connection (irc_client) or the stand-in of a dry run
// (dry_client). Everything here is called on the egress loop.

#include <string>

#include <boost/asio/steady_timer.hpp>

#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/line_stream.hpp"
#include "tiktok2twitch/twitch/client/send_log.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"

namespace tiktok2twitch::twitch {

// Told what the account did. Must not block.
class account_listener {
public:
    virtual ~account_listener() = default;
    virtual void on_chat(const chat_message& message) = 0;
    virtual void before_line(const write_line& line) = 0;    // about to leave (write the journal first)
    virtual void on_delivery(const delivery& delivery) = 0;  // before its tickets are settled
    virtual void on_cleared(const cleared_line& line) = 0;
    virtual void on_settled(const relay::settlement& settlement) = 0;
    virtual void on_notice(const notice& notice) = 0;
    virtual void on_doubt(const doubted_channel&) {}
};

class account_shell {
public:
    virtual ~account_shell() = default;

    // Runs until cancelled (operation_aborted), hopeless (account.fatal()) or drained (no error). Once.
    virtual net::awaitable<core::error_code> run() = 0;
    // Something changed in the account (push, drain, reload): look at next() again.
    virtual void wake() = 0;
    // Hand over what the account settled and noticed outside run() (after push() and the like).
    virtual void deliver() = 0;
};

// Writes `bytes`, or gives up after 15 s with errc::connection_dead: a write that does not end means that the
// peer takes nothing any more. `stream` must outlive it.
net::awaitable<core::error_code> limited_write(net::line_stream& stream, std::string bytes);

// What the shells of an account have in common: waiting, waking, handing over, and the time between two
// connections.

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
