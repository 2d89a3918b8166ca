// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/net/reach.hpp"

#include <utility>

#include "net/connect.hpp"
#include "net/resolve.hpp"
#include "net/timed.hpp"

namespace tiktok2twitch::net {

namespace {

// Nobody waits for the other side's goodbye.
constexpr auto goodbye_limit = std::chrono::milliseconds(100);

}  // namespace

awaitable<core::result<std::vector<std::string>>> look_up(core::url to, core::duration timeout) {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto work = timed(resolve(to.host, to.port), timeout, errc::connect_timeout);
    const auto found = co_await std::move(work);
    if (!found)
        co_return found.error();
    std::vector<std::string> numbers;
    for (const auto& each : *found)
        numbers.push_back(each.address().to_string());
    co_return std::move(numbers);
}

awaitable<reached> try_to_connect(core::url to, tls_client tls, core::duration timeout) {
    co_await asio::this_coro::throw_if_cancelled(false);
    reached out;
    auto opening = open_stream(std::move(to), std::move(tls), &out.addresses);
    auto work = timed(std::move(opening), timeout, errc::connect_timeout);
    auto stream = co_await std::move(work);
    if (stream)
        co_await stream->async_shutdown(use_nothrow_awaitable, goodbye_limit);
    else
        out.error = stream.error();
    co_return out;
}

}  // namespace tiktok2twitch::net
