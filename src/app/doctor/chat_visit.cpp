// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/doctor/chat_visit.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <utility>

#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/net/line_stream.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/irc/chat_survey.hpp"
#include "tiktok2twitch/twitch/token_host.hpp"

namespace tiktok2twitch::twitch {

namespace asio = net::asio;
using asio::experimental::awaitable_operators::operator||;

namespace {

constexpr core::duration connect_timeout = std::chrono::seconds(20);

net::awaitable<void> reader(net::line_stream& stream, chat_survey& survey, asio::steady_timer& wake) {
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!survey.done(net::now())) {
        const auto line = co_await stream.read_line();
        if (co_await net::is_cancelled())
            co_return;
        if (!line) {
            survey.on_disconnected(line.error());
            co_return;
        }
        survey.on_line(*line, net::now());
        wake.cancel();
    }
}

net::awaitable<void> writer(net::line_stream& stream, chat_survey& survey, asio::steady_timer& wake) {
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!survey.done(net::now())) {
        if (co_await net::is_cancelled())
            co_return;
        auto bytes = survey.take_output();
        if (bytes.empty()) {
            wake.expires_at(net::deadline_of(survey.deadline()));
            co_await wake.async_wait(net::use_nothrow_awaitable);
        } else if (const auto error = co_await stream.write(std::move(bytes))) {
            survey.on_disconnected(error);
            co_return;
        }
    }
}

}  // namespace

net::awaitable<chat_look> visit_chat(chat_visit_options options, net::tls_client tls) {
    co_await asio::this_coro::throw_if_cancelled(false);
    chat_look failed;
    if (!token_may_go_to(options.irc_url, options.allow_custom_host)) {
        failed.error = errc::token_host_refused;
        co_return failed;
    }
    auto stream = co_await net::connect_lines(options.irc_url, std::move(tls), connect_timeout);
    if (!stream) {
        failed.error = stream.error();
        co_return failed;
    }
    chat_survey survey(options.account, std::move(options.channels), net::now());
    asio::steady_timer wake(co_await asio::this_coro::executor);
    auto both = reader(*stream, survey, wake) || writer(*stream, survey, wake);
    co_await std::move(both);
    if (co_await net::is_cancelled()) {
        stream->reset();
        failed.error = asio::error::operation_aborted;
        co_return failed;
    }
    co_await stream->close();
    co_return survey.result();
}

}  // namespace tiktok2twitch::twitch
