// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A world on its own thread, and a loop for the client half of a test.

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <string>
#include <string_view>

#include "support/io_fixture.hpp"
#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/line_stream.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/net/websocket.hpp"
#include "tiktok2twitch/sim/world.hpp"

namespace tiktok2twitch::test {

class sim_fixture : public io_fixture {
public:
    explicit sim_fixture(const sim::world_settings& settings = {})
        : world(settings), tls(net::make_tls_client(world.ca_file()).value()) {}

    // What `read` gives within `time`; "silence" when that is nothing.
    template <class Stream>
    static net::awaitable<std::string> read_within(Stream& stream, core::duration time) {
        using namespace asio::experimental::awaitable_operators;
        auto both = read(stream) || sleep(time);
        auto outcome = co_await std::move(both);
        co_return outcome.index() == 1 ? "silence" : std::get<0>(std::move(outcome));
    }

    static net::awaitable<std::string> read(net::line_stream& stream) {
        co_await asio::this_coro::throw_if_cancelled(false);
        auto line = co_await stream.read_line();
        co_return line ? *line : "error: " + core::identifier(line.error());
    }

    static net::awaitable<std::string> read(net::websocket& stream) {
        co_await asio::this_coro::throw_if_cancelled(false);
        auto message = co_await stream.read();
        co_return message ? *message : "error: " + core::identifier(message.error());
    }

    core::url url(const std::string& base, const std::string& target = {}) const {
        return core::parse_url(base + target).value();
    }

    sim::world world;
    net::tls_client tls;
};

}  // namespace tiktok2twitch::test
