// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "twitch/client/shell_pump.hpp"

#include <algorithm>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <utility>

#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {

namespace asio = net::asio;

namespace {

// While offline the account is asked at least this often, so that what waits expires in time.
constexpr core::duration offline_tick = std::chrono::seconds(1);

}  // namespace

core::time_point shell_pump::now() {
    return std::chrono::steady_clock::now();
}

core::unix_ms shell_pump::wall_now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

net::awaitable<bool> shell_pump::cancelled() {
    const auto state = co_await asio::this_coro::cancellation_state;
    co_return state.cancelled() != asio::cancellation_type::none;
}

void shell_pump::wake() {
    changed_ = true;
    timer_.cancel();
}

void shell_pump::deliver() {
    for (const auto at : account_.take_foreign_lines())
        note_on_disk(at);
    for (const auto& message : account_.take_chat())
        listener_.on_chat(message);
    for (const auto& delivery : account_.take_deliveries())
        listener_.on_delivery(delivery);
    for (const auto& line : account_.take_cleared())
        listener_.on_cleared(line);
    for (const auto& settlement : account_.take_settlements())
        listener_.on_settled(settlement);
    for (const auto& notice : account_.take_notices())
        listener_.on_notice(notice);
}

net::awaitable<void> shell_pump::pause_until(core::time_point at) {
    if (!std::exchange(changed_, false)) {
        timer_.expires_at(at);
        co_await timer_.async_wait(net::use_nothrow_awaitable);
        changed_ = false;
    }
}

net::awaitable<bool> shell_pump::wait_for_attempt() {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        if (co_await cancelled())
            co_return false;
        const auto time = now();
        const auto at = account_.connect_at(time);
        const bool over = account_.drained(time);
        deliver();
        if (over)
            co_return false;
        if (at <= time)
            co_return true;
        co_await pause_until(std::min(at, time + offline_tick));
    }
}

net::awaitable<core::error_code> shell_pump::until_drained() {
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!co_await cancelled()) {
        const auto time = now();
        account_.connect_at(time);  // what waits goes on expiring
        const bool over = account_.drained(time);
        deliver();
        if (over)
            break;
        co_await pause_until(time + offline_tick);
    }
    co_return core::error_code{asio::error::operation_aborted};
}

net::awaitable<core::error_code> shell_pump::until_drain_deadline() {
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!co_await cancelled()) {
        const auto until = account_.draining_until();
        if (until && *until <= now())
            break;
        co_await pause_until(until.value_or(core::time_point::max()));
    }
    co_return core::error_code{asio::error::operation_aborted};
}

void shell_pump::announce(const write_line& line) {
    // On disk before on the wire: a crash in between costs a slot, the other order would cost the limit.
    note_on_disk(now());
    listener_.before_line(line);
}

void shell_pump::note_on_disk(core::time_point said) {
    if (const auto failed = log_.append(said, wall_now()); failed && !std::exchange(log_failed_, true)) {
        const auto why = make_error_code(errc::send_log_unwritable);
        listener_.on_notice({notice::severity::warning, {}, core::explain(why) + " " + failed.message()});
    } else if (!failed) {
        log_failed_ = false;
    }
}

}  // namespace tiktok2twitch::twitch
