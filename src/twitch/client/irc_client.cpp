// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/client/irc_client.hpp"

#include <chrono>
#include <optional>
#include <utility>
#include <variant>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/this_coro.hpp>

#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/net/line_stream.hpp"
#include "tiktok2twitch/twitch/client/shell.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/token_host.hpp"

namespace tiktok2twitch::twitch {
namespace asio = net::asio;
using asio::experimental::awaitable_operators::operator||;

struct irc_client::impl {
    impl(asio::any_io_executor executor, irc_client_options client_options, net::tls_client client_tls,
         class account& client_account, send_log& client_log, account_listener& client_listener)
        : options(std::move(client_options)),
          tls(std::move(client_tls)),
          account(client_account),
          pump(std::move(executor), client_account, client_listener, client_log) {}

    irc_client_options options;
    net::tls_client tls;
    class account& account;
    shell_pump pump;

    net::awaitable<core::error_code> run();
    net::awaitable<core::result<net::line_stream>> connect();
    net::awaitable<core::error_code> talk(net::line_stream& stream);
    net::awaitable<core::error_code> reader(net::line_stream& stream);
    net::awaitable<core::error_code> writer(net::line_stream& stream);
    net::awaitable<core::error_code> say(net::line_stream& stream, write_line line);
};

net::awaitable<core::result<net::line_stream>> irc_client::impl::connect() {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto url = options.irc_url;
    auto result = co_await net::connect_lines(std::move(url), tls, options.connect_timeout);
    co_return std::move(result);
}

net::awaitable<core::error_code> irc_client::impl::say(net::line_stream& stream, write_line line) {
    co_await pump.announce(line);
    if (co_await net::is_cancelled())
        co_return core::error_code{asio::error::operation_aborted};
    const auto error = co_await limited_write(stream, std::move(line.bytes));
    if (!error)
        account.on_written(net::now());
    co_return error;
}

net::awaitable<core::error_code> irc_client::impl::reader(net::line_stream& stream) {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        auto line = co_await stream.read_line();
        if (!line)
            co_return line.error();
        account.on_line(*line, net::now());
        pump.deliver();
        if (const auto flooded = account.overflow())
            co_return flooded;  // the writer may be waiting for the server to read
        pump.wake();
    }
}

net::awaitable<core::error_code> irc_client::impl::writer(net::line_stream& stream) {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        if (co_await net::is_cancelled())
            co_return core::error_code{asio::error::operation_aborted};
        auto todo = account.next(net::now());
        pump.deliver();
        if (auto* close = std::get_if<close_connection>(&todo))
            co_return close->reason;
        core::error_code error;
        if (auto* bytes = std::get_if<write_bytes>(&todo))
            error = co_await limited_write(stream, std::move(bytes->bytes));
        else if (auto* line = std::get_if<write_line>(&todo))
            error = co_await say(stream, std::move(*line));
        else
            co_await pump.pause_until(std::get<wait_until>(todo).at);
        if (error)
            co_return error;
    }
}

// One connection from login to its end. No error: closed after drain().
net::awaitable<core::error_code> irc_client::impl::talk(net::line_stream& stream) {
    account.on_connected(net::now());
    auto result = co_await (reader(stream) || writer(stream));
    const auto reason = std::visit([](core::error_code error) { return error; }, result);
    const bool stopped = co_await net::is_cancelled();
    account.on_disconnected(stopped ? core::error_code{asio::error::operation_aborted} : reason, net::now());
    pump.deliver();
    if (stopped)
        stream.reset();
    else
        co_await stream.close();
    co_return reason;
}

net::awaitable<core::error_code> irc_client::impl::run() {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (!token_may_go_to(options.irc_url, options.allow_custom_host))
        co_return make_error_code(errc::token_host_refused);
    while (!account.fatal()) {
        // Not in the loop's condition: g++ 12 awaits the right side of && even if the left one is false.
        if (!co_await pump.wait_for_attempt())
            break;
        account.on_connecting(net::now());
        auto attempt = co_await (connect() || pump.until_drained());
        if (attempt.index() == 1)
            continue;  // the next look at the account says what it was
        auto& stream = std::get<0>(attempt);
        // A cancellation may have come since connect() ended; what || begins after it does not hear of it.
        const bool stopped = co_await net::is_cancelled();
        if (!stream || stopped) {
            account.on_disconnected(stopped ? asio::error::operation_aborted : stream.error(), net::now());
            pump.deliver();
            continue;
        }
        if (const auto ended = co_await talk(*stream); !ended)
            break;
    }
    if (co_await net::is_cancelled())
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
    impl_->pump.wake();
}
void irc_client::deliver() {
    impl_->pump.deliver();
}

}  // namespace tiktok2twitch::twitch
