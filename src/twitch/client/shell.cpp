// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/client/shell.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>
#include <variant>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {
namespace asio = net::asio;

namespace {

constexpr core::duration write_limit = std::chrono::seconds(15);

// Ends with an error when the limit is over.
net::awaitable<core::error_code> write_deadline(core::duration limit) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor, limit);
    co_await timer.async_wait(net::use_nothrow_awaitable);
    co_return make_error_code(errc::connection_dead);
}

net::awaitable<core::error_code> write_all(net::line_stream& stream, std::string bytes) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto error = co_await stream.write(std::move(bytes));
    co_return error;
}

}  // namespace

net::awaitable<core::error_code> limited_write(net::line_stream& stream, std::string bytes) {
    using asio::experimental::awaitable_operators::operator||;
    auto either = write_all(stream, std::move(bytes)) || write_deadline(write_limit);
    auto result = co_await std::move(either);
    co_return std::visit([](core::error_code error) { return error; }, result);
}

namespace asio = net::asio;

namespace {

// While offline the account is asked at least this often, so that what waits expires in time.
constexpr core::duration offline_tick = std::chrono::seconds(1);
// How long a line waits for the disk, which takes microseconds. Twitch wants a second between two lines, and
// the pace leaves a quarter more.
constexpr core::duration disk_patience = std::chrono::milliseconds(200);

}  // namespace

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
    for (const auto& doubted : account_.take_doubts())
        listener_.on_doubt(doubted);
}

net::awaitable<void> shell_pump::pause_until(core::time_point at) {
    if (!std::exchange(changed_, false)) {
        timer_.expires_at(net::deadline_of(at));
        co_await timer_.async_wait(net::use_nothrow_awaitable);
        changed_ = false;
    }
}

net::awaitable<bool> shell_pump::wait_for_attempt() {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        if (co_await net::is_cancelled())
            co_return false;
        const auto time = net::now();
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
    while (!co_await net::is_cancelled()) {
        const auto time = net::now();
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
    while (!co_await net::is_cancelled()) {
        const auto until = account_.draining_until();
        if (until && *until <= net::now())
            break;
        co_await pause_until(until.value_or(core::time_point::max()));
    }
    co_return core::error_code{asio::error::operation_aborted};
}

net::awaitable<void> shell_pump::announce(const write_line& line) {
    co_await asio::this_coro::throw_if_cancelled(false);
    // On disk before on the wire: a crash in between costs a slot, the other order would cost the limit.
    note_on_disk(net::now());
    listener_.before_line(line);
    co_await until_written();
}

void shell_pump::note_on_disk(core::time_point said) {
    log_.append(said, net::wall_now(), [this](core::error_code failed) { on_logged(failed); });
}

void shell_pump::on_logged(core::error_code failed) {
    if (!failed) {
        log_failed_ = false;
    } else if (!std::exchange(log_failed_, true)) {
        const auto why = make_error_code(errc::send_log_unwritable);
        listener_.on_notice({notice::severity::warning, {}, core::explain(why) + " " + failed.message()});
    }
}

// A disk that hangs delays one line by `disk_patience`, and none after it until it answers.
net::awaitable<void> shell_pump::until_written() {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto written = std::make_shared<bool>(false);
    const auto then = [this, written] {
        *written = true;
        disk_hangs_ = false;
        written_.cancel();  // this loop's: it cannot come between a look at `written` and the wait
    };
    const bool asked = log_.after_writing(then);
    if (!asked || disk_hangs_)
        co_return;
    written_.expires_after(disk_patience);
    // Its end may have been told already, or the answer of an earlier line's wait may end this one.
    while (!*written && written_.expiry() > net::timer_now()) {
        co_await written_.async_wait(net::use_nothrow_awaitable);
        if (co_await net::is_cancelled())
            co_return;
    }
    if (*written)
        co_return;
    disk_hangs_ = true;
    listener_.on_notice({notice::severity::warning,
                         {},
                         "the disk of the state directory does not answer; lines go out all the same. Should "
                         "this program be killed now, the next start may repeat them"});
}

}  // namespace tiktok2twitch::twitch
