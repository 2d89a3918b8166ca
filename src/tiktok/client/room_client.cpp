// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/client/room_client.hpp"

#include <optional>
#include <utility>
#include <variant>

#include <boost/asio/error.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/room/live_story.hpp"
#include "tiktok2twitch/tiktok/room/quiet_chat.hpp"
#include "tiktok2twitch/tiktok/room/room_watch.hpp"

namespace tiktok2twitch::tiktok {
namespace {

namespace asio = net::asio;
using net::clock;
using net::stopped;
using asio::experimental::awaitable_operators::operator||;

// A kill loses at most this much of "the room was alive"; history fills gaps of 15 minutes.
constexpr core::unix_ms alive_every = 60'000;
// A server's clock that shows less than this (2017) was not set.
constexpr core::unix_ms plausible_time = 1'500'000'000'000;

// Tells the listener each change of the room once, and what it means for those who follow the live.
class announcer {
public:
    announcer(const room_watch& watch, room_listener& listener, std::string unique_id, std::int64_t running)
        : watch_(watch), listener_(listener), unique_id_(std::move(unique_id)), live_(running) {}

    void announce(std::string_view detail = {}) {
        room_report report = watch_.report();
        report.no_comments = chat_.hint();
        report.detail = detail;
        if (told_ && same(*told_, report))
            return;
        const bool new_state = !told_ || told_->state != report.state || told_->reason != report.reason;
        told_ = report;
        listener_.on_state(report);
        if (new_state)
            tell(live_.on_state(report.state));
    }

    void heard(std::int64_t room_id) { tell(live_.on_heard(room_id)); }
    // Another live has its own silence.
    void enter(std::int64_t room_id) {
        if (std::exchange(room_id_, room_id) != room_id)
            chat_ = {};
    }
    quiet_chat& chat() noexcept { return chat_; }

private:
    // But for the detail, which explains a change and is none.
    static bool same(const room_report& a, const room_report& b) {
        return a.state == b.state && a.reason == b.reason && a.next_try == b.next_try &&
               a.missing_answers == b.missing_answers && a.no_comments == b.no_comments &&
               a.renamed_to == b.renamed_to;
    }

    void tell(std::optional<relay::event_kind> news) {
        if (!news)
            return;
        relay::event event = live_event(*news, unique_id_);
        event.created_at = net::wall_now();
        event.received_at = clock::now();
        listener_.on_event(std::move(event));
    }

    const room_watch& watch_;
    room_listener& listener_;
    std::string unique_id_;
    live_story live_;
    quiet_chat chat_;
    std::int64_t room_id_ = 0;
    std::optional<room_report> told_;
};

// Without what is different each time: "HTTP 418, Handshake-Msg: no tea".
std::string_view kind_of_refusal(std::string_view detail) {
    return detail.substr(0, detail.find(", x-tt-logid"));
}

void say_drift(const room_client_options& options) {
    if (options.drift == nullptr)
        return;
    for (const std::string& warning : options.drift->take_warnings())
        core::log(core::log_level::warning, "tiktok/@" + options.unique_id, warning);
}

void look_for_drift(const room_client_options& options, const core::result<room_status>& answer) {
    if (options.drift == nullptr || answer || answer.error() != errc::protocol_changed)
        return;
    options.drift->on_refusal("the lookup of a room is answered in a new form", clock::now());
    say_drift(options);
}

bool is_comment(const relay::event& event) {
    return event.kind == relay::event_kind::chat || event.kind == relay::event_kind::emote_chat ||
           event.kind == relay::event_kind::question;
}

// One connection's worth of messages, judged and passed on.
class judging_sink final : public room_sink {
public:
    judging_sink(std::int64_t room_id, room_watch& watch, announcer& state, message_memory& memory,
                 room_listener& listener, const room_client_options& options)
        : room_id_(room_id),
          watch_(watch),
          state_(state),
          memory_(memory),
          listener_(listener),
          options_(options) {
        state_.enter(room_id);
    }

    void on_cookie(cookie_door door) override { listener_.on_cookie(door); }
    void on_frame(bool text, std::string_view bytes, core::time_point now) override {
        listener_.on_frame("direct", text, bytes, now);
    }
    void on_connected(core::time_point now) override {
        // Not yet a sign of life: a socket that opens and stays silent has shown nothing of the live.
        memory_.on_connected(room_id_, net::wall_now());
        watch_.on_connected(now);
        state_.announce();
    }

    void on_batch(decoded_batch batch, core::time_point now) override {
        heard_at_ = net::wall_now();
        look_for_life(batch, now);
        look_for_drift(batch, now);
        state_.heard(room_id_);
        memory_.on_alive(room_id_, heard_at_);
        const core::unix_ms server_now = batch.server_now > plausible_time ? batch.server_now : heard_at_;
        const core::unix_ms since = watch_.news_since(now, server_now);
        for (decoded_event& event : batch.events)
            judge(std::move(event), since);
        for (deletion& what : batch.deletions)
            listener_.on_deletion(std::move(what));
        if (batch.unread.any())
            listener_.on_unread(batch.unread);
        // Also when the wall clock was set back.
        if (heard_at_ - told_at_ >= alive_every || heard_at_ < told_at_)
            tell_alive();
        filtered_ = filtered_ || batch.filtered_notice;
        if (batch.change)
            watch_.on_room_change(*batch.change);
        state_.announce();
    }

    // The connection is over: what was last heard goes on record.
    void finish() {
        if (heard_at_ != told_at_)
            tell_alive();
    }

    // TikTok said that it hides some comments from visitors without a login (docs/protocol/tiktok.md §5.6).
    bool filtered() const noexcept { return filtered_; }

private:
    // The greeting and the history come from a room that is over as well.
    void look_for_life(const decoded_batch& batch, core::time_point now) {
        bool people = !batch.deletions.empty();
        for (const decoded_event& event : batch.events) {
            const bool comment = is_comment(event.what);
            const bool somebody = !event.history && event.what.kind != relay::event_kind::viewers;
            people = people || somebody;
            if (comment)
                state_.chat().on_comment();
            else if (somebody)
                state_.chat().on_other(now);
        }
        if (batch.messages && !batch.opening)
            watch_.on_messages(now, people);
    }

    void look_for_drift(const decoded_batch& batch, core::time_point now) {
        if (options_.drift == nullptr)
            return;
        options_.drift->on_batch(batch, now);
        if (state_.chat().hint() && !std::exchange(hinted_, true))
            options_.drift->on_quiet_chat(now);
        say_drift(options_);
    }

    void judge(decoded_event event, core::unix_ms since) {
        const std::int64_t id = event.what.msg_id;
        const core::unix_ms created_at = event.what.created_at;
        const bool old = event.history && (created_at == 0 || created_at < since);
        switch (memory_.judge(id, created_at, old, event.what.kind)) {
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
    const room_client_options& options_;
    core::unix_ms heard_at_ = 0;
    core::unix_ms told_at_ = 0;
    bool filtered_ = false;
    bool hinted_ = false;  // people join and like, and no comment comes
};

// Asks what the watch wants to know while a connection stands. Returns when it is to be left.
net::awaitable<connection_end> ask_beside(way_in& way, room_watch& watch, std::string unique_id) {
    co_await asio::this_coro::throw_if_cancelled(false);
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (;;) {
        if (stopped(co_await asio::this_coro::cancellation_state))
            break;
        const watch_step step = watch.beside(clock::now());
        if (std::holds_alternative<watch_action::finish>(step))
            break;
        if (const auto* wait = std::get_if<watch_action::wait>(&step)) {
            timer.expires_at(wait->until);
            co_await timer.async_wait(net::use_nothrow_awaitable);
        } else if (const auto* question = std::get_if<watch_action::check_alive>(&step)) {
            const auto answer = co_await way.check_alive(question->room_id);
            watch.on_alive(clock::now(), answer);
        } else {
            const auto answer = co_await way.lookup_api(unique_id);
            watch.on_lookup(clock::now(), answer);
        }
    }
    connection_end end;
    end.reason = errc::live_ended;
    co_return end;
}

}  // namespace

net::awaitable<core::error_code> run_room(room_client_options options, tiktok::options tiktok_options,
                                          way_in& way, message_memory& memory, room_listener& listener) {
    co_await asio::this_coro::throw_if_cancelled(false);
    room_watch_options how;
    how.unique_id = options.unique_id;
    how.poll_interval = tiktok_options.poll_interval;
    how.max_age = options.max_age;
    how.once = options.once;
    how.known = memory.room_id() != 0;
    how.seed = options.seed;
    room_watch watch(how);
    announcer state(watch, listener, options.unique_id, memory.room_id());
    asio::steady_timer timer(co_await asio::this_coro::executor);
    bool told_filtered = false;
    for (;;) {
        if (stopped(co_await asio::this_coro::cancellation_state))
            co_return asio::error::operation_aborted;
        watch.leave_alone(way.not_before());
        const watch_step step = watch.next(clock::now());
        state.announce();
        if (std::holds_alternative<watch_action::finish>(step))
            co_return core::error_code();
        if (const auto* wait = std::get_if<watch_action::wait>(&step)) {
            timer.expires_at(net::deadline_of(wait->until));
            co_await timer.async_wait(net::use_nothrow_awaitable);
        } else if (std::holds_alternative<watch_action::lookup_api>(step)) {
            const auto answer = co_await way.lookup_api(options.unique_id);
            watch.on_lookup(clock::now(), answer);
            look_for_drift(options, answer);
        } else if (std::holds_alternative<watch_action::lookup_page>(step)) {
            const auto answer = co_await way.lookup_page(options.unique_id);
            watch.on_lookup(clock::now(), answer);
        } else if (const auto* question = std::get_if<watch_action::check_alive>(&step)) {
            const auto answer = co_await way.check_alive(question->room_id);
            watch.on_alive(clock::now(), answer);
        } else if (const auto* target = std::get_if<watch_action::connect>(&step)) {
            judging_sink sink(target->room_id, watch, state, memory, listener, options);
            auto first = co_await (way.connect(target->room_id, target->fresh_identity, sink) ||
                                   ask_beside(way, watch, options.unique_id));
            const connection_end end =
                std::visit([](connection_end& which) { return std::move(which); }, first);
            sink.finish();
            if (sink.filtered() && !std::exchange(told_filtered, true))
                core::log(core::log_level::info, "tiktok/@" + options.unique_id,
                          "TikTok did not show every comment: it hides some from visitors without a login");
            // Stopping is no state of the room.
            if (stopped(co_await asio::this_coro::cancellation_state))
                co_return asio::error::operation_aborted;
            watch.on_connection_end(clock::now(), end.reason, end.lasted, end.reached);
            if (end.reason == errc::handshake_failed && options.drift != nullptr)
                options.drift->on_refusal(kind_of_refusal(end.detail), clock::now());
            say_drift(options);
            state.announce(end.detail);
        }
    }
}

}  // namespace tiktok2twitch::tiktok
