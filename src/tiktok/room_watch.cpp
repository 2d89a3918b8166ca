// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/room_watch.hpp"

#include <algorithm>
#include <utility>

#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

// Lookups that fail are repeated after 5 s, 10 s, 20 s ... at most ten polls apart (5 minutes by default).
// Who was told "no" (403, 429) waits a whole poll at first: hammering makes it worse (2.1).
constexpr core::duration lookup_wait = std::chrono::seconds(5);
constexpr int lookup_cap_polls = 10;

}  // namespace

room_watch::room_watch(const room_watch_options& options) : options_(options), engine_(options.seed) {}

watch_step room_watch::next(core::time_point now) {
    if (step_ == step::finished)
        return watch_action::finish{result_};
    if (now < wait_until_)
        return watch_action::wait{wait_until_};
    switch (step_) {
        case step::ask_page:
            return watch_action::lookup_page{};
        case step::ask_alive:
            return watch_action::check_alive{asked_alive_};
        case step::connect:
            // A failing room stays unreachable, with its reason, until a connection stands.
            if (state_ != room_state::unreachable && state_ != room_state::connecting)
                say(room_state::connecting);
            return watch_action::connect{room_id_, fresh_identity_};
        default:
            return watch_action::lookup_api{};
    }
}

void room_watch::on_lookup(core::time_point now, const core::result<room_status>& answer) {
    const bool by_page = step_ == step::ask_page;
    if (answer) {
        failed_lookups_ = 0;
        missing_rounds_ = 0;
        known_ = true;
        room_known(now, *answer);
        return;
    }
    const core::error_code error = answer.error();
    const bool last_word = by_page || error == errc::age_restricted;
    if (last_word && std::exchange(alive_, false) && room_id_ != 0) {
        step_ = step::connect;  // check_alive said that the room runs: no need to know more
        return;
    }
    if (by_page) {
        if (api_error_ == errc::no_such_user)
            missing(now, error == errc::no_such_user);
        else
            lookup_failed(now, api_error_);  // the first answer says more: the page is often walled (1.3)
        return;
    }
    if (error == errc::age_restricted) {
        say(room_state::unreachable, error);
        wait(now, age_recheck, step::ask_api);
        return;
    }
    api_error_ = error;
    step_ = step::ask_page;
}

void room_watch::room_known(core::time_point now, const room_status& room) {
    const bool receiving = room.status != live_status::offline;
    const bool confirmed_alive = std::exchange(alive_, false);
    if (receiving && options_.once && room_id_ != 0 && room.room_id != room_id_) {
        ended(now, errc::live_ended);  // the next live has begun: the one we were asked for is over
        return;
    }
    if (receiving && room.room_id == ended_room_id_) {
        // Lookups lag behind the end of a live; and now and then a stream comes back (5.7).
        asked_alive_ = room.room_id;
        step_ = step::ask_alive;
        return;
    }
    if (receiving) {
        if (room.room_id != room_id_) {
            reconnect_.reset();
            failed_connections_ = 0;
            fresh_identity_ = false;
        }
        room_id_ = room.room_id;
        paused_ = room.status == live_status::paused;
        step_ = step::connect;
        return;
    }
    if (room_id_ != 0 && !confirmed_alive) {
        ended(now, errc::live_ended);
        return;
    }
    if (room_id_ != 0) {
        step_ = step::connect;  // check_alive knows this room, the lookup lags
        return;
    }
    say(room_state::offline, errc::offline);
    wait_for_next_poll(now);
}

void room_watch::lookup_failed(core::time_point now, const core::error_code& error) {
    missing_rounds_ = 0;
    say(room_state::unreachable, error);
    const bool refused = error == errc::lookup_forbidden || error == errc::lookup_rate_limited;
    const core::duration base =
        refused ? options_.poll_interval : std::min(lookup_wait, options_.poll_interval);
    wait(now, shortened(doubled(base, ++failed_lookups_, options_.poll_interval * lookup_cap_polls)),
         room_id_ != 0 ? step::connect : step::ask_api);
}

void room_watch::missing(core::time_point now, bool confirmed) {
    // An account that was there before is not given up for one odd answer, even from both ways.
    if ((confirmed && !known_) || ++missing_rounds_ >= missing_rounds) {
        say(room_state::hopeless, errc::no_such_user);
        result_ = errc::no_such_user;
        step_ = step::finished;
        return;
    }
    say(room_state::unreachable, errc::no_such_user);
    wait(now, options_.poll_interval, step::ask_api);
}

void room_watch::on_alive(core::time_point now, const core::result<bool>& answer) {
    if (asked_alive_ == ended_room_id_) {
        if (answer && *answer) {
            room_id_ = std::exchange(ended_room_id_, 0);
            step_ = step::connect;
        } else {
            say(room_state::offline, errc::offline);
            wait_for_next_poll(now);
        }
        return;
    }
    if (answer && !*answer) {
        ended(now, errc::live_ended);
        return;
    }
    alive_ = answer && *answer;
    step_ = step::ask_api;
}

void room_watch::on_connected() {
    over_ = false;
    say(paused_ ? room_state::paused : room_state::connected);
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
                                   core::duration lasted) {
    if (std::exchange(over_, false)) {
        ended(now, suspended_ ? errc::live_suspended : errc::live_ended);
        return;
    }
    const reconnect_plan plan = reconnect_.next(reason, lasted);
    fresh_identity_ = plan.fresh_identity;
    const bool silent = reason == errc::stale || reason == errc::never_spoke;
    if (lasted >= reconnect_policy::healthy_after && reason != errc::never_spoke)
        failed_connections_ = 0;
    else
        ++failed_connections_;
    const bool doubtful = failed_connections_ >= doubt_after;
    say(doubtful ? room_state::unreachable : room_state::connecting, reason);
    // A live that ends without a Control message goes silent or refuses (5.7): ask before insisting.
    asked_alive_ = room_id_;
    wait(now, plan.wait, doubtful || silent ? step::ask_alive : step::connect);
}

void room_watch::ended(core::time_point now, const core::error_code& reason) {
    ended_room_id_ = std::exchange(room_id_, 0);
    alive_ = false;
    fresh_identity_ = false;
    failed_connections_ = 0;
    reconnect_.reset();
    say(room_state::ended, reason);
    if (options_.once) {
        result_ = {};
        step_ = step::finished;
        return;
    }
    wait_for_next_poll(now);
}

void room_watch::say(room_state state, const core::error_code& reason) {
    state_ = state;
    reason_ = reason;
}

void room_watch::wait(core::time_point now, core::duration how_long, step after) {
    wait_until_ = now + how_long;
    step_ = after;
}

void room_watch::wait_for_next_poll(core::time_point now) {
    wait(now, shortened(options_.poll_interval), step::ask_api);
}

// Jitter that only shortens: a start is noticed within one interval.
core::duration room_watch::shortened(core::duration base) {
    std::uniform_real_distribution<double> factor(0.8, 1.0);
    return std::chrono::duration_cast<core::duration>(base * factor(engine_));
}

}  // namespace tiktok2twitch::tiktok
