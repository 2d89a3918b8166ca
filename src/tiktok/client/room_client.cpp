// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/client/room_client.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <optional>
#include <utility>
#include <variant>

#include "net/clock.hpp"
#include "tiktok/client/stopped.hpp"
#include "tiktok/live_story.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/room_watch.hpp"

namespace tiktok2twitch::tiktok {
namespace {

namespace asio = net::asio;
using net::clock;
using asio::experimental::awaitable_operators::operator||;

// A kill loses at most this much of "the room was alive"; history fills gaps of 15 minutes.
constexpr core::unix_ms alive_every = 60'000;
// While connected TikTok is asked every second poll interval whether the room still runs (a minute by
// default); one odd answer does not end a live.
constexpr core::duration shortest_alive_check = std::chrono::seconds(1);
constexpr int alive_denials = 2;

core::unix_ms wall_now() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

// Tells the listener each state once, and what it means for those who follow the live.
class announcer {
public:
    announcer(const room_watch& watch, room_listener& listener, std::string unique_id, std::int64_t running)
        : watch_(watch), listener_(listener), unique_id_(std::move(unique_id)), live_(running) {}

    void announce(std::string_view detail = {}) {
        if (state_ == watch_.state() && reason_ == watch_.reason())
            return;
        state_ = watch_.state();
        reason_ = watch_.reason();
        listener_.on_state(*state_, reason_, detail);
        tell(live_.on_state(*state_));
    }

    void heard(std::int64_t room_id) { tell(live_.on_heard(room_id)); }

private:
    void tell(std::optional<relay::event_kind> news) {
        if (!news)
            return;
        relay::event event = live_event(*news, unique_id_);
        event.created_at = wall_now();
        event.received_at = clock::now();
        listener_.on_event(std::move(event));
    }

    const room_watch& watch_;
    room_listener& listener_;
    std::string unique_id_;
    live_story live_;
    std::optional<room_state> state_;
    core::error_code reason_;
};

// One connection's worth of messages, judged and passed on.
class judging_sink final : public room_sink {
public:
    judging_sink(std::int64_t room_id, room_watch& watch, announcer& state, message_memory& memory,
                 room_listener& listener)
        : room_id_(room_id), watch_(watch), state_(state), memory_(memory), listener_(listener) {}

    void on_cookie(cookie_door door) override { listener_.on_cookie(door); }
    void on_connected(core::time_point) override {
        // Not yet a sign of life: a socket that opens and stays silent has shown nothing of the live.
        memory_.on_connected(room_id_, wall_now());
        watch_.on_connected();
        state_.announce();
    }

    void on_batch(decoded_batch batch, core::time_point) override {
        heard_at_ = wall_now();
        state_.heard(room_id_);
        memory_.on_alive(room_id_, heard_at_);
        for (decoded_event& event : batch.events)
            judge(std::move(event));
        for (deletion& what : batch.deletions)
            listener_.on_deletion(std::move(what));
        if (batch.unread.any())
            listener_.on_unread(batch.unread);
        // Also when the wall clock was set back.
        if (heard_at_ - told_at_ >= alive_every || heard_at_ < told_at_)
            tell_alive();
        filtered_ = filtered_ || batch.filtered_notice;
        if (batch.change) {
            watch_.on_room_change(*batch.change);
            state_.announce();
        }
    }

    // The connection is over: what was last heard goes on record.
    void finish() {
        if (heard_at_ != told_at_)
            tell_alive();
    }

    // TikTok said that it hides some comments from visitors without a login (tiktok.md 5.6).
    bool filtered() const noexcept { return filtered_; }

private:
    void judge(decoded_event event) {
        const std::int64_t id = event.what.msg_id;
        const core::unix_ms created_at = event.what.created_at;
        switch (memory_.judge(id, created_at, event.history, event.what.kind)) {
            case message_memory::verdict::fresh:
                listener_.on_event(std::move(event.what));
                break;
            case message_memory::verdict::duplicate:
                listener_.on_ignored(id, created_at, ignore_reason::duplicate);
                break;
            case message_memory::verdict::history:
                listener_.on_ignored(id, created_at, ignore_reason::history);
                break;
        }
    }

    void tell_alive() {
        told_at_ = heard_at_;
        memory_.on_alive(room_id_, told_at_);
        listener_.on_alive(room_id_, told_at_);
    }

    std::int64_t room_id_;
    room_watch& watch_;
    announcer& state_;
    message_memory& memory_;
    room_listener& listener_;
    core::unix_ms heard_at_ = 0;
    core::unix_ms told_at_ = 0;
    bool filtered_ = false;
};

// A live can end without a word while its socket goes on answering heartbeats (tiktok.md 5.7). Ends when
// TikTok has said twice in a row that the room is over; never for any other reason.
net::awaitable<connection_end> watch_alive(way_in& way, std::int64_t room_id, core::duration poll_interval) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto executor = co_await asio::this_coro::executor;
    const auto interval = std::max(2 * poll_interval, shortest_alive_check);
    const auto began = clock::now();
    asio::steady_timer timer(executor);
    int denials = 0;
    while (denials < alive_denials) {
        timer.expires_after(interval);
        co_await timer.async_wait(net::use_nothrow_awaitable);
        if (stopped(co_await asio::this_coro::cancellation_state))
            break;
        const auto answer = co_await way.check_alive(room_id);
        // Again: a cancellation does not end a wait that begins after it.
        if (stopped(co_await asio::this_coro::cancellation_state))
            break;
        denials = answer && !*answer ? denials + 1 : 0;
    }
    connection_end end;
    end.reason = errc::live_ended;
    end.lasted = clock::now() - began;
    co_return end;
}

}  // namespace

net::awaitable<core::error_code> run_room(room_client_options options, tiktok::options tiktok_options,
                                          way_in& way, message_memory& memory, room_listener& listener) {
    co_await asio::this_coro::throw_if_cancelled(false);
    room_watch watch(room_watch_options{tiktok_options.poll_interval, options.once, options.seed});
    announcer state(watch, listener, options.unique_id, memory.room_id());
    asio::steady_timer timer(co_await asio::this_coro::executor);
    bool told_filtered = false;
    for (;;) {
        if (stopped(co_await asio::this_coro::cancellation_state))
            co_return asio::error::operation_aborted;
        const watch_step step = watch.next(clock::now());
        state.announce();
        if (const auto* finished = std::get_if<watch_action::finish>(&step))
            co_return finished->result;
        if (const auto* wait = std::get_if<watch_action::wait>(&step)) {
            timer.expires_at(net::deadline_of(wait->until));
            co_await timer.async_wait(net::use_nothrow_awaitable);
        } else if (std::holds_alternative<watch_action::lookup_api>(step)) {
            const auto answer = co_await way.lookup_api(options.unique_id);
            watch.on_lookup(clock::now(), answer);
        } else if (std::holds_alternative<watch_action::lookup_page>(step)) {
            const auto answer = co_await way.lookup_page(options.unique_id);
            watch.on_lookup(clock::now(), answer);
        } else if (const auto* question = std::get_if<watch_action::check_alive>(&step)) {
            const auto answer = co_await way.check_alive(question->room_id);
            watch.on_alive(clock::now(), answer);
        } else if (const auto* target = std::get_if<watch_action::connect>(&step)) {
            judging_sink sink(target->room_id, watch, state, memory, listener);
            auto first = co_await (way.connect(target->room_id, target->fresh_identity, sink) ||
                                   watch_alive(way, target->room_id, tiktok_options.poll_interval));
            const connection_end end =
                std::visit([](connection_end& which) { return std::move(which); }, first);
            if (end.reason == errc::live_ended)
                watch.on_room_change(room_change::ended);
            sink.finish();
            if (sink.filtered() && !std::exchange(told_filtered, true))
                core::log(core::log_level::info, "tiktok/" + options.unique_id,
                          "TikTok did not show every comment: it hides some from visitors without a login");
            // Stopping is no state of the room.
            if (stopped(co_await asio::this_coro::cancellation_state))
                co_return asio::error::operation_aborted;
            watch.on_connection_end(clock::now(), end.reason, end.lasted);
            state.announce(end.detail);
        }
    }
}

}  // namespace tiktok2twitch::tiktok
