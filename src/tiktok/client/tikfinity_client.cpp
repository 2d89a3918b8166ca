// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include "net/clock.hpp"
#include "tiktok/client/push_socket.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/tiktok/client/way_client.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/ways/error.hpp"
#include "tiktok2twitch/tiktok/ways/tikfinity_reader.hpp"

namespace tiktok2twitch::tiktok {
namespace {

namespace asio = net::asio;
using net::clock;

constexpr core::duration patience = std::chrono::seconds(3);

// One room that uses the app's socket; it lives in the coroutine that waits for its end.
struct listener {
    listener(const asio::any_io_executor& executor, const std::string& whose, room_sink& to)
        : unique_id(whose), sink(to), wait(executor) {
        wait.expires_at(core::time_point::max());
    }
    void end(way_answer why) {
        if (!outcome)
            outcome = std::move(why);
        wait.cancel();
    }

    const std::string& unique_id;
    room_sink& sink;
    asio::steady_timer wait;  // never expires
    bool live = false;
    std::optional<way_answer> outcome;
};

}  // namespace

struct tikfinity_app::impl : std::enable_shared_from_this<tikfinity_app::impl> {
    impl(asio::any_io_executor where, core::url address, std::string whose)
        : executor(std::move(where)), url(std::move(address)), user(std::move(whose)) {}

    void join(listener& one) {
        listeners.push_back(&one);
        if (std::exchange(runs, true))
            return;
        auto ended = [self = shared_from_this()](std::exception_ptr error) {
            if (error)
                std::rethrow_exception(error);
        };
        asio::co_spawn(executor, serve(shared_from_this()),
                       asio::bind_cancellation_slot(cancel.slot(), std::move(ended)));
    }

    void leave(listener& one) {
        std::erase(listeners, &one);
        if (listeners.empty() && runs)
            cancel.emit(asio::cancellation_type::terminal);
    }

    void end_all(const way_answer& why) {
        for (listener* each : listeners)
            each->end(why);
    }

    core::error_code on_message(const std::string& message, bool is_text, core::time_point now);
    void on_pong(core::time_point now) {
        for (listener* each : listeners)
            if (each->live)
                each->sink.on_batch({}, now);
    }

    static net::awaitable<void> serve(std::shared_ptr<impl> self);

    asio::any_io_executor executor;
    core::url url;
    std::string user;
    frame_counts counts;
    std::vector<listener*> listeners;
    bool runs = false;  // the coroutine of the socket
    asio::cancellation_signal cancel;
};

core::error_code tikfinity_app::impl::on_message(const std::string& message, bool is_text,
                                                 core::time_point now) {
    tikfinity_text read = read_tikfinity(message, now, counts);
    std::vector<std::string> rooms;
    for (const listener* each : listeners)
        rooms.push_back(each->unique_id);
    const auto index = room_of_account(read.account, user, rooms);
    if (!index) {
        // Whoever waits for this app waits in vain.
        way_answer why;
        why.what = answer_class::refused;
        why.reason = way_errc::app_of_another;
        if (read.live && !read.account.empty())
            for (listener* each : listeners)
                if (!each->live)
                    each->end(why);
        return {};
    }
    listener& one = *listeners[*index];
    one.sink.on_frame(is_text, message, now);
    one.live = one.live || read.live;
    if (read.room_id != 0)
        one.sink.on_room(read.room_id);
    if (one.live || read.batch.unread.any())
        one.sink.on_batch(std::move(read.batch), now);
    if (read.away) {
        way_answer why;
        why.what = answer_class::ended;
        why.reason = one.live ? core::error_code(way_errc::way_says_ended) : way_errc::app_idle;
        one.end(why);
    }
    return {};
}

net::awaitable<void> tikfinity_app::impl::serve(std::shared_ptr<impl> self) {
    co_await asio::this_coro::throw_if_cancelled(false);
    net::websocket_request request;
    request.to = self->url;
    request.timeout = patience;
    request.message_limit = max_tikfinity_text;
    request.plain_allowed = true;
    const net::tls_client none;
    core::error_code reason = asio::error::operation_aborted;
    auto socket = co_await net::connect_websocket(std::move(request), none, nullptr);
    if (socket && !stopped(co_await asio::this_coro::cancellation_state)) {
        push_handlers handlers;
        handlers.on_message = [&self](const std::string& message, bool text, core::time_point now) {
            return self->on_message(message, text, now);
        };
        handlers.on_pong = [&self](core::time_point now) {
            self->on_pong(now);
        };
        for (listener* each : self->listeners)
            each->sink.on_connected(clock::now());
        reason = co_await run_push_socket(*socket, std::move(handlers));
    } else if (!socket) {
        reason = socket.error();
    }
    self->runs = false;
    // Who has joined since the last one left comes again.
    if (reason == asio::error::operation_aborted)
        reason = errc::closed;
    self->end_all(answer_of_app(reason));
}

namespace {

class tikfinity_client final : public way_client {
public:
    tikfinity_client(std::shared_ptr<tikfinity_app::impl> app, std::string unique_id)
        : app_(std::move(app)), unique_id_(std::move(unique_id)) {}

    net::awaitable<way_answer> run(std::int64_t, room_sink& sink) override {
        co_await asio::this_coro::throw_if_cancelled(false);
        const asio::any_io_executor executor = co_await asio::this_coro::executor;
        listener mine(executor, unique_id_, sink);
        app_->join(mine);
        bool cancelled = false;
        while (!mine.outcome && !cancelled) {
            co_await mine.wait.async_wait(net::use_nothrow_awaitable);
            cancelled = stopped(co_await asio::this_coro::cancellation_state);
        }
        app_->leave(mine);
        way_answer out;
        out.reason = asio::error::operation_aborted;
        if (mine.outcome && !cancelled)
            out = std::move(*mine.outcome);
        co_return out;
    }

private:
    std::shared_ptr<tikfinity_app::impl> app_;
    std::string unique_id_;
};

}  // namespace

tikfinity_app::tikfinity_app(asio::any_io_executor executor, core::url url, std::string user)
    : impl_(std::make_shared<impl>(std::move(executor), std::move(url), std::move(user))) {}
tikfinity_app::~tikfinity_app() = default;

std::unique_ptr<way_client> tikfinity_app::client(std::string unique_id) {
    return std::make_unique<tikfinity_client>(impl_, std::move(unique_id));
}

}  // namespace tiktok2twitch::tiktok
