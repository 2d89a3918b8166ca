// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "sim/twitch_session.hpp"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <utility>

#include "net/clock.hpp"
#include "tiktok2twitch/net/error.hpp"

namespace tiktok2twitch::sim {

twitch_session::twitch_session(asio::any_io_executor executor, twitch_server::impl& server,
                               net::server_stream accepted)
    : server_(server), accepted_(std::move(accepted)), writer_(executor), reader_(executor) {}

net::awaitable<void> twitch_session::run() {
    using namespace asio::experimental::awaitable_operators;
    co_await asio::this_coro::throw_if_cancelled(false);
    if (server_.faults.refuse_connections) {
        accepted_.reset();
        co_return;
    }
    if (co_await net::handshake(accepted_)) {
        co_return;
    }
    stream_.emplace(net::as_lines(std::move(accepted_)));
    next_ping_ = net::timer_now() + server_.settings.ping_interval;
    auto both = read_loop() || write_loop();
    co_await std::move(both);
    if (cut_) {
        stream_->reset();
    } else {
        co_await stream_->close();
    }
}

void twitch_session::stop() {
    reset();
    accepted_.reset();
    stop_signal.emit(asio::cancellation_type::terminal);
}

net::awaitable<core::error_code> twitch_session::read_loop() {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        auto line = co_await stream_->read_line();
        if (!line) {
            // Cancelled by the writer's end: the connection is fine and gets its close_notify.
            const bool broken = line.error() != net::errc::closed_by_peer &&
                                !stopped(co_await asio::this_coro::cancellation_state);
            cut_ = cut_ || broken;
            co_return line.error();
        }
        while (deaf_ && !cut_ && !stopped(co_await asio::this_coro::cancellation_state)) {
            co_await reader_.wait();
        }
        if (cut_ || stopped(co_await asio::this_coro::cancellation_state)) {
            co_return asio::error::operation_aborted;
        }
        on_line(*line);
        server_.changed();
    }
}

net::awaitable<core::error_code> twitch_session::write_loop() {
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!stopped(co_await asio::this_coro::cancellation_state) && !cut_) {
        const core::time_point now = net::timer_now();
        if (now >= next_ping_) {
            send("PING :tmi.twitch.tv");
            next_ping_ = now + server_.settings.ping_interval;
        }
        if (deaf_ || out_.empty() || out_.begin()->first > now) {
            const core::time_point due = deaf_          ? core::time_point::max()
                                         : out_.empty() ? next_ping_
                                                        : std::min(next_ping_, out_.begin()->first);
            co_await writer_.wait(due);
            continue;
        }
        // Everything that is due goes out together: clients get several lines in one read.
        std::string bytes;
        bool close = false;
        while (!close && !out_.empty() && out_.begin()->first <= now) {
            outgoing item = std::move(out_.begin()->second);
            out_.erase(out_.begin());
            // Before the write: the next PRIVMSG may be read before this coroutine goes on.
            unanswered_.erase(item.answers);
            if (item.then == after::close) {
                close = true;
            } else {
                bytes += item.line + "\r\n";
            }
        }
        if (!bytes.empty()) {
            if (const core::error_code error = co_await stream_->write(std::move(bytes))) {
                cut_ = true;
                co_return error;
            }
        }
        if (close) {
            co_return core::error_code{};
        }
    }
    co_return asio::error::operation_aborted;
}

void twitch_session::queue(outgoing item, core::duration delay) {
    // Without the tags capability nobody sees tags.
    if (!tags_ && item.line.starts_with('@')) {
        item.line.erase(0, std::min(item.line.find(' '), item.line.size() - 1) + 1);
    }
    out_.emplace(net::timer_now() + delay, std::move(item));
    writer_.open();
}

void twitch_session::tell(std::string line) {
    if (commands_) {
        send(std::move(line));
    }
}

void twitch_session::answer(const std::string& channel, std::string line) {
    if (server_.faults.lose_answers > 0) {
        --server_.faults.lose_answers;
        return;
    }
    if (commands_) {
        queue_answer({std::move(line), channel, after::keep}, server_.faults.answer_delay);
    }
}

void twitch_session::queue_answer(outgoing item, core::duration delay) {
    if (server_.holding) {
        held_.push_back(std::move(item));
    } else {
        queue(std::move(item), delay);
    }
}

void twitch_session::release_answers() {
    for (outgoing& item : std::exchange(held_, {})) {
        queue(std::move(item), core::duration::zero());
    }
}

void twitch_session::close_after(core::duration time) {
    queue({{}, {}, after::close}, time);
}

void twitch_session::reset() {
    cut_ = true;
    if (stream_) {
        stream_->reset();
    }
    reader_.open();
    writer_.open();
}

void twitch_session::go_deaf() {
    deaf_ = true;
}

}  // namespace tiktok2twitch::sim
