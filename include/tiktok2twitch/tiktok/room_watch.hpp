// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Decides what to do next about one TikTok account: look it up, wait, connect, reconnect (tiktok.md 1, 2.9,
// 5.7). Call next(now), do what it says, report the outcome with the on_... function of that action, and
// start again. A wait may be cut short; next() then repeats it. Owns no timer. Single-threaded.

#include <cstdint>
#include <random>
#include <variant>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/tiktok/reconnect.hpp"
#include "tiktok2twitch/tiktok/room_state.hpp"
#include "tiktok2twitch/tiktok/room_status.hpp"
#include "tiktok2twitch/tiktok/webcast_session.hpp"

namespace tiktok2twitch::tiktok {

namespace watch_action {
struct lookup_api {};
struct lookup_page {};
struct check_alive {
    std::int64_t room_id = 0;
};
struct connect {
    std::int64_t room_id = 0;
    bool fresh_identity = false;
};
struct wait {
    core::time_point until;
};
struct finish {
    core::error_code result;  // no error: the live that `once` waited for is over
};
}  // namespace watch_action

using watch_step =
    std::variant<watch_action::lookup_api, watch_action::lookup_page, watch_action::check_alive,
                 watch_action::connect, watch_action::wait, watch_action::finish>;

struct room_watch_options {
    core::duration poll_interval = std::chrono::seconds(30);
    bool once = false;  // finish when the first live seen has ended
    std::uint64_t seed = 0;
};

class room_watch {
public:
    // An age-restricted room needs a login we do not have; streamers do change the setting (1.1).
    static constexpr core::duration age_recheck = std::chrono::minutes(5);
    // "No such user" by one way only is believed after this many rounds.
    static constexpr int missing_rounds = 3;
    // Failed connections in a row after which the room itself is doubted (2.9).
    static constexpr int doubt_after = 2;

    explicit room_watch(const room_watch_options& options);

    watch_step next(core::time_point now);

    void on_lookup(core::time_point now, const core::result<room_status>& answer);
    void on_alive(core::time_point now, const core::result<bool>& answer);
    void on_connected();
    void on_room_change(room_change change);
    void on_connection_end(core::time_point now, const core::error_code& reason, core::duration lasted);

    room_state state() const noexcept { return state_; }
    // Why; set with offline, ended, unreachable, hopeless, and with connecting after a failure.
    const core::error_code& reason() const noexcept { return reason_; }

private:
    enum class step : std::uint8_t { ask_api, ask_page, ask_alive, connect, finished };

    void say(room_state state, const core::error_code& reason = {});
    void wait(core::time_point now, core::duration how_long, step after);
    void wait_for_next_poll(core::time_point now);
    void room_known(core::time_point now, const room_status& room);
    void lookup_failed(core::time_point now, const core::error_code& error);
    void missing(core::time_point now, bool confirmed);
    void ended(core::time_point now, const core::error_code& reason);
    core::duration shortened(core::duration base);

    room_watch_options options_;
    reconnect_policy reconnect_;
    std::mt19937_64 engine_;
    step step_ = step::ask_api;
    core::time_point wait_until_ = core::time_point::min();
    room_state state_ = room_state::looking_up;
    core::error_code reason_;
    core::error_code result_;
    core::error_code api_error_;  // of the present round; the page is asked because of it

    std::int64_t room_id_ = 0;        // of the live being watched; 0 = none
    std::int64_t ended_room_id_ = 0;  // of the live that ended last
    std::int64_t asked_alive_ = 0;
    bool paused_ = false;
    bool alive_ = false;  // check_alive confirmed room_id_; cleared by the next lookup's end
    bool over_ = false;   // a Control message ended the live
    bool suspended_ = false;
    bool fresh_identity_ = false;
    int failed_connections_ = 0;  // in a row
    int failed_lookups_ = 0;      // rounds in a row
    int missing_rounds_ = 0;      // rounds in a row
    bool known_ = false;          // some lookup has found the account
};

}  // namespace tiktok2twitch::tiktok
