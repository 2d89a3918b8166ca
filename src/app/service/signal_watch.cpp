// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Signals, and how a relay ends: rooms first, then what may still be said, and last a renewal of the login
// that is under way.

#include <boost/asio/cancellation_type.hpp>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <string>
#include <utility>

#include "app/clock.hpp"
#include "app/relay_service_impl.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

constexpr auto second_look = std::chrono::milliseconds(200);

exit_code exit_code_of(const core::error_code& error) {
    if (error == twitch::errc::login_refused || error == twitch::errc::login_malformed ||
        error == twitch::errc::account_suspended)
        return exit_code::login_refused;
    if (error == twitch::errc::account_in_use)
        return exit_code::try_again;
    if (error == twitch::errc::token_host_refused)
        return exit_code::config_error;
    return exit_code::unavailable;
}

}  // namespace

void relay_service::impl::await_signal() {
    signals.async_wait([this](core::error_code error, int number) {
        if (error)
            return;
        if (number == SIGHUP)
            on_hang_up(false);
        else
            stop(number == SIGINT ? "interrupted" : "asked to stop");
        if (current != phase::over || waits_for_login())
            await_signal();
    });
}

// Whoever closes a window may send the signal several times, and the first time just before the terminal
// goes.
void relay_service::impl::on_hang_up(bool again) {
    const auto meaning = settings.start.meaning();
    if (meaning == hang_up::stops) {
        hang_up_timer.cancel();
        if (!stop_requested)
            stop("the terminal was closed");
        return;
    }
    if (meaning == hang_up::ignored || current != phase::running)
        return;
    if (again || !settings.start.had_terminal()) {
        reload();
        return;
    }
    hang_up_timer.expires_after(second_look);
    hang_up_timer.async_wait([this](core::error_code error) {
        if (!error)
            on_hang_up(true);
    });
}

// All is said; the keeper of the login has not ended.
bool relay_service::impl::waits_for_login() const {
    return current == phase::over && login.keeper && !login.ended;
}

// Signals have the system's own meaning again, but for SIGHUP, which run_relay holds back; and nobody asks.
void relay_service::impl::stop_listening() {
    hang_ups.reset();
    signals.cancel();
    signals.clear();
    command_requests.close();
}

void relay_service::impl::stop(std::string_view why) {
    if (std::exchange(stop_requested, true)) {
        // Somebody is in a hurry: no summary, no goodbye.
        if (!settings.signals)
            return;
        if (login.keeper)
            login.keeper->save_now();
        if (waits_for_login() && login.keeper->renewing())
            log(log_level::warning, "login",
                "not waiting for Twitch's answer: the login may be lost; the next start finds out");
        files.flush_now();
        core::log_row({});
        std::_Exit(static_cast<int>(exit_code::interrupted_twice));
    }
    if (waits_for_login()) {
        log(log_level::info, "relay", std::string(why) + "; all is said, only the login is waited for");
        return;
    }
    log(log_level::info, "relay", std::string(why) + "; sending what may be sent, for at most 5 s");
    stop_rooms();
}

void relay_service::impl::stop_rooms() {
    if (current == phase::over)
        return;
    guard_stop(stop_limit);
    if (current == phase::draining)
        return begin_drain(drain_limit);
    if (current != phase::running)
        return;
    current = phase::stopping_rooms;
    reader->stop();
    if (reader->empty())
        begin_drain(drain_limit);
}

void relay_service::impl::begin_drain(core::duration limit) {
    drain_intake();
    current = phase::draining;
    const auto now = steady_now();
    push(books.finish(now, !stop_requested, holds.keeps()));
    drain_until = now + limit;
    if (deletions.deleter)
        deletions.deleter->hurry();
    continue_drain();
}

// Lines are deleted first, for what was said beside a removed message is said again after that: the account
// would take nothing more.
void relay_service::impl::continue_drain() {
    if (current != phase::draining)
        return;
    const auto now = steady_now();
    if (deleting() && now < drain_until) {
        drain_timer.expires_at(net::deadline_of(drain_until));
        drain_timer.async_wait([this](core::error_code error) {
            if (!error)
                continue_drain();
        });
        return;
    }
    account->drain(shell_ended ? now : drain_until, now);
    flush_account();
    if (shell_ended)
        finish();
}

void relay_service::impl::on_shell_ended(std::exception_ptr exception, core::error_code reason) {
    shell_ended = true;
    if (exception) {
        try {
            std::rethrow_exception(exception);
        } catch (const std::exception& caught) {
            log(log_level::error, "twitch", std::string("internal error: ") + caught.what());
        }
        result = exit_code::internal;
    } else if (reason) {
        log(log_level::error, "twitch", core::explain(reason));
        result = exit_code_of(reason);
    }
    if (current == phase::draining)
        continue_drain();
    else if (current == phase::running)
        stop_rooms();
}

void relay_service::impl::guard_stop(core::duration limit) {
    watchdog.expires_after(limit);
    watchdog.async_wait([this](core::error_code error) {
        // The time may have been over just when it was set anew.
        if (!error && std::chrono::steady_clock::now() >= watchdog.expiry())
            give_up();
    });
}

void relay_service::impl::ended_beside() {
    --beside;
    if (current == phase::over && beside == 0)
        watchdog.expires_at(core::time_point::max());
}

void relay_service::impl::finish() {
    keep_held(true);
    for (const auto& channel : mods.channels())
        if (mods.of(channel).has_timed_mutes())
            save_moderation(channel);  // by the wall clock of now, should somebody have set it
    current = phase::over;
    tick.cancel();
    hang_up_timer.cancel();
    keep_timer.cancel();
    second.cancel();
    word_watch.cancel();
    drain_timer.cancel();
    deletions.stop.emit(asio::cancellation_type::terminal);
    stop_read_back.emit(asio::cancellation_type::terminal);
    stop_checker.emit(asio::cancellation_type::terminal);
    login.stop.emit(asio::cancellation_type::terminal);
    // What is left may take some time, a refresh under way up to 60 s and saving what it brought 5 s: giving
    // it up could cost the grant. Whoever does not want to wait leaves the mark in the store by which the
    // next start checks the pair before it uses it.
    if (login.keeper && login.keeper->renewing())
        log(log_level::info, "login",
            "Twitch is just renewing the login; waiting for its answer, for a minute at most");
    if (!waits_for_login())
        stop_listening();
    if (beside == 0)
        watchdog.expires_at(core::time_point::max());
    else
        guard_stop(waits_for_login() ? login_limit : stop_limit);
    guard.reset();
}

void relay_service::impl::give_up() {
    log(log_level::error, "relay", "something does not end; leaving without waiting for it any longer");
    // A refresh under way is broken off; its mark in the store has the next start check the pair first.
    if (login.keeper)
        login.keeper->save_now();
    keep_held(true);
    drain_intake();  // what still waits stands in the report as pending
    files.flush_now();
    command_requests.close();
    publish();
    std::_Exit(static_cast<int>(result));
}

}  // namespace tiktok2twitch::app
