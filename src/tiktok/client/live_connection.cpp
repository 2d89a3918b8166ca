// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/client/live_connection.hpp"

#include <deque>
#include <iterator>
#include <utility>
#include <variant>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>

#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

namespace asio = net::asio;
using net::clock;
using net::stopped;

// Frames that wait for a peer that does not take them: two minutes of acks of the busiest rooms
// (docs/protocol/tiktok.md §5.8).
constexpr std::size_t max_waiting = 1024;

// What the three loops of one connection share; they all run on one thread. Outlives them: `||` returns
// when all have ended.
struct connection {
    connection(asio::any_io_executor executor, net::websocket open_socket, const session_options& options,
               std::int64_t room_id, room_sink& receiver)
        : socket(std::move(open_socket)), session(options, room_id), sink(receiver), wake(executor) {
        wake.expires_at(core::time_point::max());
    }

    void send(std::vector<std::string> frames) {
        if (frames.empty())
            return;
        std::move(frames.begin(), frames.end(), std::back_inserter(waiting));
        wake.cancel();
    }

    // Since the last call.
    std::uint64_t new_oversized() {
        return socket.oversized() - std::exchange(oversized, socket.oversized());
    }

    net::websocket socket;
    std::uint64_t oversized = 0;
    webcast_session session;
    room_sink& sink;
    std::deque<std::string> waiting;
    asio::steady_timer wake;  // never expires; cancelled when there is something to send
};

core::error_code as_tiktok(const core::error_code& error) {
    return error == net::errc::closed_by_peer ? errc::closed : error;
}

net::awaitable<core::error_code> read_frames(connection& c) {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        core::result<std::string> frame = co_await c.socket.read();
        const core::time_point now = clock::now();
        if (!frame) {
            decoded_batch last;
            last.unread.oversized_frames = c.new_oversized();
            if (last.unread.any())
                c.sink.on_batch(std::move(last), now);
            co_return as_tiktok(frame.error());
        }
        c.sink.on_frame(false, *frame, now);
        webcast_session::reaction reaction = c.session.on_frame(*frame, now);
        c.send(std::move(reaction.send));
        if (c.waiting.size() > max_waiting)
            co_return errc::stale;
        const std::optional<room_change> change = reaction.batch.change;
        reaction.batch.unread.oversized_frames = c.new_oversized();
        c.sink.on_batch(std::move(reaction.batch), now);
        if (change == room_change::ended)
            co_return errc::live_ended;
        if (change == room_change::suspended)
            co_return errc::live_suspended;
    }
}

// The only one that writes: two writes at once would mix their bytes.
net::awaitable<core::error_code> write_frames(connection& c) {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        while (!c.waiting.empty()) {
            std::string frame = std::move(c.waiting.front());
            c.waiting.pop_front();
            const core::error_code error = co_await c.socket.write(std::move(frame));
            if (error)
                co_return as_tiktok(error);
        }
        if (stopped(co_await asio::this_coro::cancellation_state))
            co_return asio::error::operation_aborted;
        co_await c.wake.async_wait(net::use_nothrow_awaitable);
    }
}

// Heartbeats and the stale limit, apart from the writer: a write that hangs must not stop this clock.
net::awaitable<core::error_code> keep_time(connection& c) {
    co_await asio::this_coro::throw_if_cancelled(false);
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (;;) {
        core::result<std::vector<std::string>> due = c.session.poll(clock::now());
        if (!due)
            co_return due.error();
        c.send(std::move(*due));
        timer.expires_at(net::deadline_of(c.session.next_deadline()));
        co_await timer.async_wait(net::use_nothrow_awaitable);
        if (stopped(co_await asio::this_coro::cancellation_state))
            co_return asio::error::operation_aborted;
    }
}

// What could not be used, for finding a fault: the relay counts it, and says so at once.
void log_losses(const connection& c, std::int64_t room_id) {
    const frame_counts& counts = c.session.counts();
    const std::uint64_t oversized = c.socket.oversized();
    const std::uint64_t broken = counts.undecodable_frames + counts.undecodable_messages;
    const std::string component = "tiktok/room " + std::to_string(room_id);
    if (broken + counts.excess_messages + oversized != 0)
        core::log(core::log_level::debug, component,
                  "not understood: " + std::to_string(counts.undecodable_frames) + " frames, " +
                      std::to_string(counts.undecodable_messages) + " messages; over a bound: " +
                      std::to_string(oversized) + " frames, " + std::to_string(counts.excess_messages) +
                      " messages (of " + std::to_string(counts.frames) + " frames)");
    if (counts.unknown_frames + counts.unknown_methods != 0)
        core::log(core::log_level::debug, component,
                  "of unknown kind: " + std::to_string(counts.unknown_frames) + " frames, " +
                      std::to_string(counts.unknown_methods) + " messages");
}

}  // namespace

net::awaitable<core::error_code> run_connection(net::websocket socket, session_options options,
                                                std::int64_t room_id, room_sink& sink) {
    using namespace asio::experimental::awaitable_operators;
    co_await asio::this_coro::throw_if_cancelled(false);
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    connection c(executor, std::move(socket), options, room_id, sink);
    c.send(c.session.start(clock::now()));
    auto all = read_frames(c) || write_frames(c) || keep_time(c);
    const auto outcome = co_await std::move(all);
    core::error_code reason = std::visit([](const core::error_code& error) { return error; }, outcome);
    log_losses(c, room_id);
    co_await c.socket.close();
    if (stopped(co_await asio::this_coro::cancellation_state))
        reason = asio::error::operation_aborted;
    co_return reason;
}

}  // namespace tiktok2twitch::tiktok
