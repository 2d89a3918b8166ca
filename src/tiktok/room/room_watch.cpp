// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/room/room_watch.hpp"

#include <algorithm>
#include <utility>

#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/room/handshake_limiter.hpp"
#include "tiktok2twitch/tiktok/room/live_doubt.hpp"
#include "tiktok2twitch/tiktok/room/news_reach.hpp"
#include "tiktok2twitch/tiktok/wire/handshake.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using std::chrono::seconds;

// Answers that asking does not cure soon are asked for after 5 s, 10 s, 20 s ... at most ten polls apart
// (5 minutes by default). Who was told "no" (403, 429) waits a whole poll at first: hammering makes it
// worse (docs/protocol/tiktok.md §2.1).
constexpr core::duration patient_wait = seconds(5);
constexpr int patient_cap_polls = 10;
// A try that took long has waited already, but the next one does not follow at once.
constexpr core::duration least_pause = std::chrono::milliseconds(500);
// Between lookups because of connections that end; each of these is doubtful.
constexpr core::duration doubt_pause = seconds(10);
// Tests poll every few milliseconds.
constexpr core::duration shortest_interval = seconds(1);
// Lookups in a row that say "live" of a live that ended with a word, while check_alive does not answer.
constexpr int believed_return = 3;
// While nothing of TikTok answers a handshake is tried so long after the end of the last one: the chat socket
// has a host of its own.
constexpr core::duration handshake_saved_for = seconds(10);

bool is_refused(const core::error_code& error) {
    return error == errc::lookup_forbidden || error == errc::lookup_rate_limited;
}

bool is_blocked(const core::error_code& error) {
    return error == errc::lookup_blocked || error == errc::check_page || error == errc::protocol_changed;
}

// Nobody there, or in trouble.
bool is_outage(const core::error_code& error) {
    return error.category() != category() || error == errc::lookup_failed;
}

bool is_live(const room_status& room) {
    return room.status != live_status::offline;
}

}  // namespace

struct room_watch::parts {
    explicit parts(const room_watch_options& options)
        : reconnect(options.seed), reach(options.max_age + options.poll_interval) {}

    reconnect_policy reconnect;
    handshake_limiter handshakes;
    news_reach reach;
    std::optional<live_doubt> doubt;  // while connected
};

room_watch::room_watch(const room_watch_options& options)
    : options_(options),
      parts_(std::make_unique<parts>(options)),
      engine_(options.seed),
      known_(options.known) {}
room_watch::room_watch(room_watch&&) noexcept = default;
room_watch& room_watch::operator=(room_watch&&) noexcept = default;
room_watch::~room_watch() = default;

watch_step room_watch::next(core::time_point now) {
    if (step_ == step::finished)
        return watch_action::finish{};
    if (now < wait_until_)
        return watch_action::wait{wait_until_};
    if (!began_)
        began_ = now;
    switch (step_) {
        case step::ask_page:
            return watch_action::lookup_page{};
        case step::ask_alive:
            return watch_action::check_alive{room_id_ != 0 ? room_id_ : ended_room_id_};
        case step::connect:
            // A failing room stays unreachable, with its reason, until a connection stands.
            if (state() != room_state::unreachable && state() != room_state::connecting)
                say(room_state::connecting);
            return watch_action::connect{room_id_, fresh_identity_};
        default:
            return watch_action::lookup_api{};
    }
}

watch_step room_watch::beside(core::time_point now) {
    std::optional<live_doubt>& doubt = parts_->doubt;
    if (!doubt)
        return watch_action::wait{now + interval()};  // the handshake is under way
    switch (doubt->next(now)) {
        case live_doubt::step::ask_lookup:
            return watch_action::lookup_api{};
        case live_doubt::step::ask_alive:
            return watch_action::check_alive{room_id_};
        case live_doubt::step::leave:
            return watch_action::finish{};
        case live_doubt::step::listen:
            break;
    }
    return watch_action::wait{doubt->due()};
}

void room_watch::on_lookup(core::time_point now, const core::result<room_status>& answer) {
    looked_at_ = now;
    if (answer) {
        known_ = true;
        report_.missing_answers = 0;
        failed_lookups_ = 0;
        probes_ = 0;
        const bool other_name = !answer->unique_id.empty() && !options_.unique_id.empty() &&
                                !equal_ignoring_case(answer->unique_id, options_.unique_id);
        report_.renamed_to = other_name ? answer->unique_id : std::string();
    }
    if (parts_->doubt) {
        if (answer && is_live(*answer) && answer->room_id == room_id_)
            confirmed_at_ = now;
        return parts_->doubt->on_lookup(now, answer);
    }
    if (answer)
        found(now, *answer);
    else
        not_found(now, answer.error());
}

void room_watch::found(core::time_point now, const room_status& room) {
    const core::time_point asked = began(now);
    if (is_live(room) && options_.once && room_id_ != 0 && room.room_id != room_id_)
        return ended(now, errc::live_ended);  // the next live has begun: the one we were asked for is over
    if (is_live(room) && room_id_ == 0 && room.room_id == ended_room_id_)
        return wait(now, step::ask_alive);  // lookups lag behind an end; and now and then a stream comes back
    if (is_live(room))
        return enter(now, room);
    if (room_id_ != 0) {
        not_live_ = true;
        return wait(now, step::ask_alive);  // one such answer is no proof (docs/protocol/tiktok.md §5.7)
    }
    unsure_returns_ = 0;
    parts_->reach.on_elsewhere(asked);
    say(room_state::offline, errc::offline);
    wait_for_next_poll(now);
}

void room_watch::enter(core::time_point now, const room_status& room) {
    if (room.room_id != room_id_) {
        if (room_id_ != 0)
            parts_->reach.on_elsewhere(std::max(confirmed_at_, heard_at_));
        parts_->reconnect.reset();
        fresh_identity_ = false;
        connect_at_ = now;
    }
    parts_->reach.on_found(room.started_at);
    room_id_ = room.room_id;
    ended_room_id_ = 0;
    paused_ = room.status == live_status::paused;
    confirmed_at_ = now;
    connect_when_due(now);
}

void room_watch::not_found(core::time_point now, const core::error_code& error) {
    const bool by_page = step_ == step::ask_page;
    if (room_id_ != 0 && is_outage(error) && saves_handshakes(now)) {
        const core::time_point asked = began(now);
        const core::duration pause = outage_wait(++probes_, engine_);
        return try_again(std::max(asked + pause, now + std::min(pause, least_pause)), step::ask_api);
    }
    if (room_id_ != 0) {
        not_live_ = false;
        return wait(now, step::ask_alive);
    }
    if (by_page && api_error_ == errc::no_such_user)
        return missing(now);
    if (by_page)
        // The first answer says more: the page is often walled (docs/protocol/tiktok.md §1.3)
        return lookup_failed(now, api_error_);
    if (error == errc::age_restricted) {
        began(now);
        report_.missing_answers = 0;
        say(room_state::unreachable, error);
        return try_again(now + age_recheck, step::ask_api);
    }
    if (error.category() != category())
        return lookup_failed(now, error);  // the page is on the same host
    api_error_ = error;
    step_ = step::ask_page;
}

void room_watch::lookup_failed(core::time_point now, const core::error_code& error) {
    const core::time_point asked = began(now);
    const core::duration poll = options_.poll_interval;
    report_.missing_answers = 0;
    if (failed_lookups_++ == 0)
        failing_since_ = now;
    core::duration pause{};
    if (is_refused(error) || is_blocked(error))
        pause = shortened(doubled(is_refused(error) ? poll : std::min(patient_wait, poll), failed_lookups_,
                                  poll * patient_cap_polls));
    else if (now - failing_since_ < short_spell)
        pause = std::min(short_wait(failed_lookups_, engine_), poll);
    else
        pause = shortened(poll);
    say(room_state::unreachable, error);
    try_again(std::max(asked + pause, now + std::min(pause, least_pause)), step::ask_api);
}

void room_watch::missing(core::time_point now) {
    began(now);
    failed_lookups_ = 0;
    // TikTok answers so wrongly for hours (docs/protocol/tiktok.md §1.1): an account that was there before is
    // asked for as ever.
    if (known_) {
        say(room_state::unreachable, errc::no_such_user);
        return try_again(now + shortened(options_.poll_interval), step::ask_api);
    }
    const core::duration poll = options_.poll_interval;
    ++report_.missing_answers;
    say(room_state::missing, errc::no_such_user);
    try_again(now + doubled(std::min(patient_wait, poll), report_.missing_answers,
                            std::max(poll, longest_missing_wait)),
              step::ask_api);
}

void room_watch::on_alive(core::time_point now, const core::result<bool>& answer) {
    if (parts_->doubt)
        return parts_->doubt->on_alive(now, answer);
    if (room_id_ != 0)
        return doubted(now, answer);
    began(now);
    came_back(now, answer);
}

// Between two connections to room_id_, of which the lookup did not say that it is live.
void room_watch::doubted(core::time_point now, const core::result<bool>& alive) {
    began(now);
    const bool said = alive.has_value();
    if (said && *alive)
        confirmed_at_ = now;
    const bool heard_lately = now - heard_at_ < interval();
    const bool not_live = std::exchange(not_live_, false);
    if (said ? !*alive && (not_live || !heard_lately) : not_live && !heard_lately)
        return ended(now, errc::live_ended);
    connect_when_due(now);
}

// The lookup calls a live on that had ended with a word.
void room_watch::came_back(core::time_point now, const core::result<bool>& alive) {
    const bool unsure = !alive.has_value();
    unsure_returns_ = unsure ? unsure_returns_ + 1 : 0;
    if (unsure ? unsure_returns_ >= believed_return : *alive) {
        unsure_returns_ = 0;
        room_id_ = std::exchange(ended_room_id_, 0);
        confirmed_at_ = now;
        connect_at_ = now;
        return connect_when_due(now);
    }
    say(room_state::offline, errc::offline);
    wait_for_next_poll(now);
}

void room_watch::on_connected(core::time_point now) {
    over_ = false;
    fresh_identity_ = false;
    parts_->handshakes.on_handshake(now, true);
    parts_->doubt.emplace(room_id_, interval(), now);
    say(paused_ ? room_state::paused : room_state::connected);
}

void room_watch::on_messages(core::time_point now, bool people) {
    parts_->reconnect.on_heard();
    heard_at_ = now;
    if (people)
        confirmed_at_ = now;
    if (parts_->doubt)
        parts_->doubt->on_messages(now, people);
}

void room_watch::on_room_change(room_change change) {
    switch (change) {
        case room_change::paused:
            paused_ = true;
            say(room_state::paused);
            break;
        case room_change::resumed:
            paused_ = false;
            say(room_state::connected);
            break;
        case room_change::ended:
        case room_change::suspended:
            over_ = true;
            suspended_ = change == room_change::suspended;
            break;
    }
}

void room_watch::on_connection_end(core::time_point now, const core::error_code& reason,
                                   core::duration lasted, bool reached) {
    const core::time_point start = began(now);
    ended_at_ = now;
    std::optional<live_doubt> doubt = std::exchange(parts_->doubt, std::nullopt);
    if (!doubt && reached)
        parts_->handshakes.on_handshake(start, false);
    if (std::exchange(over_, false)) {
        const std::int64_t room = room_id_;
        ended(now, suspended_ ? errc::live_suspended : errc::live_ended);
        ended_room_id_ = room;
        return;
    }
    if (doubt && doubt->next(now) == live_doubt::step::leave) {
        if (!doubt->elsewhere() || options_.once)
            return ended(now, errc::live_ended);
        say(room_state::connecting, errc::live_moved);
        return enter(now, *doubt->elsewhere());
    }
    const bool silent = doubt && !doubt->heard();
    const reconnect_plan plan = parts_->reconnect.next(reason, lasted);
    fresh_identity_ = plan.fresh_identity;
    connect_at_ = std::max((doubt ? now : start) + plan.wait, now + std::min(plan.wait, least_pause));
    say(parts_->reconnect.failures() > 1 ? room_state::unreachable : room_state::connecting, reason);
    // A live that ends without a Control message goes silent or refuses (docs/protocol/tiktok.md §5.7): ask
    // before insisting.
    const bool doubtful = plan.room_doubtful || silent || now - confirmed_at_ >= interval();
    if (doubtful && (!looked_at_ || now - *looked_at_ >= std::min(interval(), doubt_pause)))
        wait(now, step::ask_api);
    else if (saves_handshakes(now))
        wait(connect_at_, step::ask_api);
    else
        connect_when_due(now);
    report_.next_try = std::max(connect_at_, parts_->handshakes.earliest(now));
}

void room_watch::ended(core::time_point now, const core::error_code& reason) {
    parts_->reach.on_elsewhere(std::max(confirmed_at_, heard_at_));
    parts_->reconnect.reset();
    room_id_ = 0;
    ended_room_id_ = 0;
    fresh_identity_ = false;
    say(room_state::ended, reason);
    if (options_.once)
        step_ = step::finished;
    else
        wait_for_next_poll(now);
}

core::unix_ms room_watch::news_since(core::time_point now, core::unix_ms server_now) const {
    return parts_->reach.since(now, server_now);
}

void room_watch::say(room_state state, const core::error_code& reason) {
    report_.state = state;
    report_.reason = reason;
    report_.next_try.reset();
}

void room_watch::wait(core::time_point until, step after) {
    wait_until_ = until;
    step_ = after;
}

void room_watch::try_again(core::time_point until, step after) {
    report_.next_try = until;
    wait(until, after);
}

void room_watch::leave_alone(core::time_point until) {
    if (step_ == step::finished || until <= wait_until_)
        return;
    connect_at_ = std::max(connect_at_, until);
    try_again(until, step_);
}

void room_watch::wait_for_next_poll(core::time_point now) {
    try_again(now + shortened(options_.poll_interval), step::ask_api);
}

void room_watch::connect_when_due(core::time_point now) {
    const core::time_point when = std::max(connect_at_, parts_->handshakes.earliest(now));
    if (when > now)
        report_.next_try = when;
    wait(when, step::connect);
}

// In a spell of connections that break, handshakes are limited and lookups are not: they go first, to see
// whether anybody is there.
bool room_watch::saves_handshakes(core::time_point now) const {
    return !parts_->handshakes.plenty(now) && now - ended_at_ < handshake_saved_for;
}

core::time_point room_watch::began(core::time_point now) {
    return std::exchange(began_, std::nullopt).value_or(now);
}

core::duration room_watch::interval() const {
    return std::max(options_.poll_interval, shortest_interval);
}

// Jitter that only shortens: a start is noticed within one interval.
core::duration room_watch::shortened(core::duration base) {
    std::uniform_real_distribution<double> factor(0.8, 1.0);
    return std::chrono::duration_cast<core::duration>(base * factor(engine_));
}

}  // namespace tiktok2twitch::tiktok
