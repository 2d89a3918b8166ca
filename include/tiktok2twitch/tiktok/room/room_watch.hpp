// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <variant>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/tiktok/room/reconnect.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"
#include "tiktok2twitch/tiktok/wire/room_page.hpp"

namespace tiktok2twitch::tiktok {

// What one watched account is doing, in the words of the status command.
enum class room_state : std::uint8_t {
    looking_up,   // nothing known yet
    offline,      // waiting for the next live
    connecting,   // live: connecting, or waiting to reconnect
    connected,    // receiving
    paused,       // connected, and the streamer pressed pause
    ended,        // the live that was watched is over
    unreachable,  // TikTok refuses or does not answer; still trying
    missing       // TikTok knows no such account, and never did since we ask; still asking now and then
};

// A room's state with all that people want to know about it.
struct room_report {
    room_state state = room_state::looking_up;
    core::error_code reason;                   // set for unreachable, missing; for others when known
    std::string detail;                        // for the log: what the server said
    std::optional<core::time_point> next_try;  // when something is tried, or asked, again
    int missing_answers = 0;                   // "no such user" in a row, of a name that was never seen
    bool no_comments = false;                  // people join and like, but no comment comes
    std::string renamed_to;                    // the handle TikTok calls the account by, when it is another
};

// Decides what to do next about one TikTok account: look it up, wait, connect, reconnect
// (docs/protocol/tiktok.md §1, §2.9, §5.7). Call next(now), do what it says, report the outcome with the
// on_... function of that action, and start again. A wait may be cut short; next() then repeats it. While
// `connect` is being obeyed, beside(now) says in the same words what to ask meanwhile; its `finish` means:
// leave this connection. Owns no timer. Single-threaded.
//
// Nothing is final but the end of the live that `once` waits for: TikTok says "no such user" of accounts that
// exist, for hours, and its lookups lag.

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
struct finish {};  // the live that `once` waited for is over
}  // namespace watch_action

using watch_step =
    std::variant<watch_action::lookup_api, watch_action::lookup_page, watch_action::check_alive,
                 watch_action::connect, watch_action::wait, watch_action::finish>;

struct room_watch_options {
    std::string unique_id;  // as it is looked up
    core::duration poll_interval = std::chrono::seconds(30);
    core::duration max_age = std::chrono::seconds(60);  // of what may still be relayed
    bool once = false;                                  // finish when the first live seen has ended
    bool known = false;                                 // an earlier process has seen it live
    std::uint64_t seed = 0;
};

class room_watch {
public:
    // An age-restricted room needs a login we do not have; streamers do change the setting
    // (docs/protocol/tiktok.md §1.1).
    static constexpr core::duration age_recheck = std::chrono::minutes(5);
    // A name that nobody ever saw is asked for less and less often.
    static constexpr core::duration longest_missing_wait = std::chrono::minutes(5);
    // Lookups that fail are repeated within seconds for so long, then once in an interval.
    static constexpr core::duration short_spell = std::chrono::minutes(5);

    explicit room_watch(const room_watch_options& options);
    room_watch(room_watch&&) noexcept;
    room_watch& operator=(room_watch&&) noexcept;
    ~room_watch();

    watch_step next(core::time_point now);
    watch_step beside(core::time_point now);

    void on_lookup(core::time_point now, const core::result<room_status>& answer);
    void on_alive(core::time_point now, const core::result<bool>& answer);
    void on_connected(core::time_point now);
    // Messages came over the connection; `people`: somebody did something.
    void on_messages(core::time_point now, bool people);
    void on_room_change(room_change change);
    // `reached`: the handshake got through to TikTok, whatever it answered.
    void on_connection_end(core::time_point now, const core::error_code& reason, core::duration lasted,
                           bool reached = true);

    // TikTok has asked to be left alone until then (Retry-After): whatever is next waits for it.
    void leave_alone(core::time_point until);

    // State, reason, next try, missing answers and the new name; the rest is the caller's.
    const room_report& report() const noexcept { return report_; }
    room_state state() const noexcept { return report_.state; }
    const core::error_code& reason() const noexcept { return report_.reason; }

    // TikTok's clock shows `server_now` at `now`: history written since then is to be relayed.
    core::unix_ms news_since(core::time_point now, core::unix_ms server_now) const;

private:
    // Far enough back, and differences still fit.
    static constexpr core::time_point never = core::time_point(-std::chrono::hours(24 * 365));

    struct parts;  // the objects that decide about one thing each
    enum class step : std::uint8_t { ask_api, ask_page, ask_alive, connect, finished };

    void say(room_state state, const core::error_code& reason = {});
    void wait(core::time_point until, step after);
    void try_again(core::time_point until, step after);
    void wait_for_next_poll(core::time_point now);
    void connect_when_due(core::time_point now);
    void found(core::time_point now, const room_status& room);
    void enter(core::time_point now, const room_status& room);
    void not_found(core::time_point now, const core::error_code& error);
    void lookup_failed(core::time_point now, const core::error_code& error);
    void missing(core::time_point now);
    void doubted(core::time_point now, const core::result<bool>& alive);
    void came_back(core::time_point now, const core::result<bool>& alive);
    void ended(core::time_point now, const core::error_code& reason);
    bool saves_handshakes(core::time_point now) const;
    core::time_point began(core::time_point now);
    core::duration interval() const;
    core::duration shortened(core::duration base);

    room_watch_options options_;
    std::unique_ptr<parts> parts_;
    std::mt19937_64 engine_;
    step step_ = step::ask_api;
    core::time_point wait_until_ = core::time_point::min();
    std::optional<core::time_point> began_;  // the action that next() gave was begun then
    room_report report_;
    core::error_code api_error_;  // of the present round; the page is asked because of it

    std::int64_t room_id_ = 0;               // of the live being watched; 0 = none
    std::int64_t ended_room_id_ = 0;         // of the live that ended last with a word
    core::time_point connect_at_ = never;    // not earlier
    core::time_point confirmed_at_ = never;  // people were heard in room_id_, or TikTok said that it is live
    core::time_point heard_at_ = never;      // messages came from room_id_
    core::time_point ended_at_ = never;      // a connection, or a try
    std::optional<core::time_point> looked_at_;
    bool paused_ = false;
    bool not_live_ = false;  // what the lookup of this round said of room_id_
    int probes_ = 0;         // lookups that nobody answered, in a row
    bool over_ = false;      // a Control message ended the live
    bool suspended_ = false;
    bool fresh_identity_ = false;
    bool known_ = false;      // some lookup has found the account
    int failed_lookups_ = 0;  // rounds in a row
    core::time_point failing_since_{};
    int unsure_returns_ = 0;  // in a row: the live that ended is said to run, and nobody can confirm it
};

}  // namespace tiktok2twitch::tiktok
