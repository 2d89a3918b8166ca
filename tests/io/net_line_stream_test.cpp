// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/net/line_stream.hpp"

#include <gtest/gtest.h>

#include "support/net_fixture.hpp"
#include "tiktok2twitch/net/error.hpp"

namespace tiktok2twitch::net {
namespace {

using namespace std::chrono_literals;

class net_line_stream : public test::net_fixture {
public:
    static core::url lines_url(const std::string& scheme, const listener& at) {
        auto to = url(scheme, at);
        to.target.clear();
        return to;
    }
    static awaitable<line_stream> connect(core::url to, tls_client tls) {
        auto lines = co_await connect_lines(std::move(to), std::move(tls), 5s);
        co_return std::move(lines.value());
    }
    static awaitable<line_stream> accept_lines(listener& from) {
        auto stream = co_await accept(from);
        co_return as_lines(std::move(stream));
    }
    // Writes `pieces` one after the other and ends in good order.
    static awaitable<void> serve(listener* from, std::vector<std::string> pieces) {
        auto lines = co_await accept_lines(*from);
        for (auto& piece : pieces) {
            EXPECT_FALSE(co_await lines.write(std::move(piece)));
            co_await sleep(2ms);
        }
        co_await lines.close();
    }
    static awaitable<void> collect(core::url to, tls_client tls, std::vector<std::string>* seen,
                                   std::uint64_t* skipped) {
        auto lines = co_await connect(std::move(to), std::move(tls));
        for (;;) {
            auto line = co_await lines.read_line();
            seen->push_back(text(line));
            if (!line) {
                break;
            }
        }
        *skipped = lines.skipped_lines();
        co_await lines.close();
    }
    static awaitable<void> read_into(line_stream* lines, core::result<std::string>* line) {
        *line = co_await lines->read_line();
    }
};

TEST_F(net_line_stream, lines_in_pieces_are_put_together_and_the_end_is_named) {
    auto server = listen_tls();
    std::vector<std::string> seen;
    std::uint64_t skipped = 0;
    std::vector<std::string> pieces{"PI", "NG :a\r", "\nPING :b\r\nPI", "NG :c\r\n", "unfinished"};
    spawn(serve(&server, pieces));
    run(collect(lines_url("ircs", server), client_tls_, &seen, &skipped));
    EXPECT_EQ(seen, (std::vector<std::string>{"PING :a", "PING :b", "PING :c", "error: closed_by_peer"}));
    EXPECT_EQ(skipped, 0U);
}

TEST_F(net_line_stream, a_line_over_64_kib_is_skipped_and_counted) {
    auto server = listen_tls();
    std::vector<std::string> seen;
    std::uint64_t skipped = 0;
    const std::string fits(line_stream::max_line, 'a');
    std::vector<std::string> pieces{fits + "\r\n", fits + "b\r\n", "after\r\n"};
    spawn(serve(&server, pieces));
    run(collect(lines_url("ircs", server), client_tls_, &seen, &skipped));
    EXPECT_EQ(seen, (std::vector<std::string>{fits, "after", "error: closed_by_peer"}));
    EXPECT_EQ(skipped, 1U);
}

TEST_F(net_line_stream, plain_lines_travel_over_loopback) {
    auto server = listen_plain();
    std::vector<std::string> seen;
    std::uint64_t skipped = 0;
    spawn(serve(&server, {"hello\r\n"}));
    run(collect(lines_url("irc", server), tls_client(), &seen, &skipped));
    EXPECT_EQ(seen, (std::vector<std::string>{"hello", "error: closed_by_peer"}));
}

TEST_F(net_line_stream, a_cancelled_read_loses_nothing_and_the_writer_goes_on) {
    auto server = listen_tls();
    const auto answer = [](listener* from) -> awaitable<void> {
        auto lines = co_await accept_lines(*from);
        auto line = co_await lines.read_line();
        EXPECT_EQ(text(line), "PING");
        EXPECT_FALSE(co_await lines.write("PONG\r\n"));
        auto end = co_await lines.read_line();
        EXPECT_EQ(text(end), "error: closed_by_peer");
        co_await lines.close();
    };
    const auto work = [](net_line_stream* self, core::url to, tls_client tls) -> awaitable<void> {
        auto lines = co_await connect(to, tls);
        core::result<std::string> line = std::string("nothing");
        auto reading = self->spawn(read_into(&lines, &line));
        co_await sleep(30ms);
        EXPECT_FALSE(reading->done());
        reading->cancel();
        const bool reading_ended = co_await ended(reading);
        EXPECT_TRUE(reading_ended);
        EXPECT_EQ(text(line), "error: " + core::identifier(asio::error::operation_aborted));

        auto again = self->spawn(read_into(&lines, &line));
        EXPECT_FALSE(co_await lines.write("PING\r\n"));
        const bool again_ended = co_await ended(again);
        EXPECT_TRUE(again_ended);
        EXPECT_EQ(text(line), "PONG");
        co_await lines.close();
    };
    spawn(answer(&server));
    run(work(this, lines_url("ircs", server), client_tls_));
}

TEST_F(net_line_stream, a_reset_is_an_error_of_the_system) {
    auto server = listen_tls();
    const auto serve_reset = [](listener* from) -> awaitable<void> {
        auto lines = co_await accept_lines(*from);
        lines.reset();
    };
    std::vector<std::string> seen;
    std::uint64_t skipped = 0;
    spawn(serve_reset(&server));
    run(collect(lines_url("ircs", server), client_tls_, &seen, &skipped));
    EXPECT_EQ(seen, (std::vector<std::string>{"error: " + core::identifier(asio::error::connection_reset)}));
}

TEST_F(net_line_stream, a_write_to_a_peer_that_reads_nothing_can_be_cancelled) {
    auto server = listen_tls();
    const auto deaf = [](listener* from) -> awaitable<void> {
        auto lines = co_await accept_lines(*from);
        co_await sleep(300ms);
        lines.reset();
    };
    const auto write_into = [](line_stream* lines, core::error_code* error) -> awaitable<void> {
        *error = co_await lines->write(std::string(32 * 1024 * 1024, 'x'));
    };
    const auto work = [write_into](net_line_stream* self, core::url to, tls_client tls) -> awaitable<void> {
        auto lines = co_await connect(to, tls);
        core::error_code error;
        auto writing = self->spawn(write_into(&lines, &error));
        co_await sleep(100ms);
        EXPECT_FALSE(writing->done());
        writing->cancel();
        const bool writing_ended = co_await ended(writing);
        EXPECT_TRUE(writing_ended);
        EXPECT_EQ(error, asio::error::operation_aborted);
        lines.reset();
    };
    spawn(deaf(&server));
    run(work(this, lines_url("ircs", server), client_tls_));
}

TEST_F(net_line_stream, closing_against_a_silent_peer_takes_two_seconds) {
    auto server = listen_tls();
    bool closed = false;
    // The peer outlasts the close: nothing but its limit can have ended it.
    const auto silent = [](listener* from, const bool* over) -> awaitable<void> {
        auto lines = co_await accept_lines(*from);
        while (!*over)
            co_await sleep(5ms);
    };
    const auto work = [](core::url to, tls_client tls, bool* over) -> awaitable<void> {
        auto lines = co_await connect(to, tls);
        const auto begin = std::chrono::steady_clock::now();
        co_await lines.close();
        *over = true;
        const auto took = std::chrono::steady_clock::now() - begin;
        EXPECT_GE(took, 1900ms);
        EXPECT_LT(took, 10s);
    };
    spawn(silent(&server, &closed));
    run(work(lines_url("ircs", server), client_tls_, &closed));
}

}  // namespace
}  // namespace tiktok2twitch::net
