// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/client/irc_client.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <optional>
#include <utility>
#include <variant>

#include "tiktok2twitch/net/line_stream.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {

namespace asio = net::asio;
using asio::experimental::awaitable_operators::operator||;

namespace {

// While offline the account is asked at least this often, so that what waits expires in time.
constexpr core::duration offline_tick = std::chrono::seconds(1);
// A write that does not end means that the peer takes nothing any more.
constexpr core::duration write_limit = std::chrono::seconds(15);

core::time_point now() {
    return std::chrono::steady_clock::now();
}

core::unix_ms wall_now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

bool token_may_go_to(const irc_client_options& options) {
    return options.allow_custom_host || options.irc_url.host == "twitch.tv" ||
           options.irc_url.host.ends_with(".twitch.tv") || core::is_loopback_host(options.irc_url.host);
}

net::awaitable<bool> cancelled() {
    const auto state = co_await asio::this_coro::cancellation_state;
    co_return state.cancelled() != asio::cancellation_type::none;
}

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

struct irc_client::impl {
    impl(asio::any_io_executor executor, irc_client_options client_options, net::tls_client client_tls,
         class account& client_account, send_log& client_log, account_listener& client_listener)
        : options(std::move(client_options)),
          tls(std::move(client_tls)),
          account(client_account),
          log(client_log),
          listener(client_listener),
          timer(executor) {}

    irc_client_options options;
    net::tls_client tls;
    class account& account;
    send_log& log;
    account_listener& listener;
    asio::steady_timer timer;  // what the one waiting coroutine waits on; cancelled to wake it
    bool changed = false;      // set before the timer is cancelled: a wake-up is never lost
    bool log_failed = false;

    void wake() {
        changed = true;
        timer.cancel();
    }
    void deliver() {
        for (const auto& message : account.take_chat())
            listener.on_chat(message);
        for (const auto& delivery : account.take_deliveries())
            listener.on_delivery(delivery);
        for (const auto& settlement : account.take_settlements())
            listener.on_settled(settlement);
        for (const auto& notice : account.take_notices())
            listener.on_notice(notice);
    }

    net::awaitable<core::error_code> run();
    net::awaitable<void> pause_until(core::time_point at);
    net::awaitable<bool> wait_for_attempt();
    net::awaitable<core::error_code> until_drained();
    net::awaitable<core::result<net::line_stream>> connect();
    net::awaitable<core::error_code> talk(net::line_stream& stream);
    net::awaitable<core::error_code> reader(net::line_stream& stream);
    net::awaitable<core::error_code> writer(net::line_stream& stream);
    net::awaitable<core::error_code> write(net::line_stream& stream, std::string bytes);
    net::awaitable<core::error_code> say(net::line_stream& stream, write_line line);
};

net::awaitable<void> irc_client::impl::pause_until(core::time_point at) {
    if (!std::exchange(changed, false)) {
        timer.expires_at(at);
        co_await timer.async_wait(net::use_nothrow_awaitable);
        changed = false;
    }
}

// True when it is time to connect; false when stopped or drained.
net::awaitable<bool> irc_client::impl::wait_for_attempt() {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        if (co_await cancelled())
            co_return false;
        const auto time = now();
        const auto at = account.connect_at(time);
        const bool over = account.drained(time);
        deliver();
        if (over)
            co_return false;
        if (at <= time)
            co_return true;
        co_await pause_until(std::min(at, time + offline_tick));
    }
}

// Ends when there is nothing left to connect for.
net::awaitable<core::error_code> irc_client::impl::until_drained() {
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!co_await cancelled()) {
        const auto time = now();
        account.connect_at(time);  // what waits goes on expiring
        const bool over = account.drained(time);
        deliver();
        if (over)
            break;
        co_await pause_until(time + offline_tick);
    }
    co_return core::error_code{asio::error::operation_aborted};
}

net::awaitable<core::result<net::line_stream>> irc_client::impl::connect() {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto url = options.irc_url;
    auto result = co_await net::connect_lines(std::move(url), tls, options.connect_timeout);
    co_return std::move(result);
}

net::awaitable<core::error_code> irc_client::impl::write(net::line_stream& stream, std::string bytes) {
    auto result = co_await (write_all(stream, std::move(bytes)) || write_deadline(write_limit));
    co_return std::visit([](core::error_code error) { return error; }, result);
}

net::awaitable<core::error_code> irc_client::impl::say(net::line_stream& stream, write_line line) {
    // On disk before on the wire: a crash in between costs a slot, the other order would cost the limit.
    if (const auto failed = log.append(now(), wall_now()); failed && !std::exchange(log_failed, true)) {
        const auto why = make_error_code(errc::send_log_unwritable);
        listener.on_notice({notice::severity::warning, {}, core::explain(why) + " " + failed.message()});
    } else if (!failed) {
        log_failed = false;
    }
    listener.before_line(line);
    const auto error = co_await write(stream, std::move(line.bytes));
    if (!error)
        account.on_written(now());
    co_return error;
}

net::awaitable<core::error_code> irc_client::impl::reader(net::line_stream& stream) {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        auto line = co_await stream.read_line();
        if (!line)
            co_return line.error();
        account.on_line(*line, now());
        deliver();
        wake();
    }
}

net::awaitable<core::error_code> irc_client::impl::writer(net::line_stream& stream) {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        if (co_await cancelled())
            co_return core::error_code{asio::error::operation_aborted};
        auto todo = account.next(now());
        deliver();
        if (auto* close = std::get_if<close_connection>(&todo))
            co_return close->reason;
        core::error_code error;
        if (auto* bytes = std::get_if<write_bytes>(&todo))
            error = co_await write(stream, std::move(bytes->bytes));
        else if (auto* line = std::get_if<write_line>(&todo))
            error = co_await say(stream, std::move(*line));
        else
            co_await pause_until(std::get<wait_until>(todo).at);
        if (error)
            co_return error;
    }
}

// One connection from login to its end. No error: closed after drain().
net::awaitable<core::error_code> irc_client::impl::talk(net::line_stream& stream) {
    account.on_connected(now());
    auto result = co_await (reader(stream) || writer(stream));
    const auto reason = std::visit([](core::error_code error) { return error; }, result);
    const bool stopped = co_await cancelled();
    account.on_disconnected(stopped ? core::error_code{asio::error::operation_aborted} : reason, now());
    deliver();
    if (stopped)
        stream.reset();
    else
        co_await stream.close();
    co_return reason;
}

net::awaitable<core::error_code> irc_client::impl::run() {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (!token_may_go_to(options))
        co_return make_error_code(errc::token_host_refused);
    while (!account.fatal()) {
        // Not in the loop's condition: g++ 12 awaits the right side of && even if the left one is false.
        if (!co_await wait_for_attempt())
            break;
        account.on_connecting(now());
        auto attempt = co_await (connect() || until_drained());
        if (attempt.index() == 1)
            continue;  // the next look at the account says what it was
        auto& stream = std::get<0>(attempt);
        if (!stream) {
            account.on_disconnected(stream.error(), now());
            deliver();
            continue;
        }
        if (const auto ended = co_await talk(*stream); !ended)
            break;
    }
    if (co_await cancelled())
        co_return core::error_code{asio::error::operation_aborted};
    co_return account.fatal();
}

irc_client::irc_client(asio::any_io_executor executor, irc_client_options options, net::tls_client tls,
                       class account& account, send_log& log, account_listener& listener)
    : impl_(std::make_unique<impl>(std::move(executor), std::move(options), std::move(tls), account, log,
                                   listener)) {}
irc_client::~irc_client() = default;

net::awaitable<core::error_code> irc_client::run() {
    return impl_->run();
}
void irc_client::wake() {
    impl_->wake();
}
void irc_client::deliver() {
    impl_->deliver();
}

}  // namespace tiktok2twitch::twitch
