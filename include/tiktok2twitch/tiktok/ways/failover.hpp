// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Which ways into one room run, and which of them is in use. Pure; single-threaded.
//
// The caller reports what happens with the on_... functions, which decide at once, and calls step() when
// due() has come. Then it obeys run_of(): a way runs while its number is not 0; a number that changes ends
// what runs (by cancelling it) and begins anew. The end of a connection is reported with on_end(), unless the
// caller was told to end it. The direct way keeps its own pace (room_watch): its number is a permission, and
// its connections may come and go under it. Every other way makes one connection for a number.
//
// A way is up from its first sign of life on. Signs of life decide, not talk: see docs/architecture.md for
// the rules, whose numbers stand here.

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/tiktok/ways/answers.hpp"
#include "tiktok2twitch/tiktok/ways/comment_overlap.hpp"
#include "tiktok2twitch/tiktok/ways/mute_watch.hpp"
#include "tiktok2twitch/tiktok/ways/way.hpp"

namespace tiktok2twitch::tiktok {

// What TikTok itself says about the live.
enum class live_knowledge : std::uint8_t { unknown, offline, live };

struct failover_options {
    struct one {
        way which = way::direct;
        std::string provider;  // who is asked; ways of one provider fail together. Empty: nobody else has it
        core::error_code left_out;  // set: known not to work before the configuration changes
    };
    std::vector<one> ways;  // best first, each once, at most 5
    core::duration retry_preferred =
        std::chrono::minutes(5);  // the longest pause before a better way is tried
    std::uint64_t seed = 0;
};

enum class way_state : std::uint8_t {
    standby,   // not needed
    trying,    // running, and not up yet
    up,        // running, and alive; in use, or on trial
    waiting,   // needed, or to be tried again, at next_try
    left_out,  // until the configuration changes
};

struct way_report {
    way which = way::direct;
    way_state state = way_state::standby;
    core::error_code reason;  // why it ended last, or is left out
    std::string detail;
    std::optional<core::time_point> next_try;
};

// To be logged once.
struct way_change {
    enum class kind : std::uint8_t { used, dead, left_out };
    kind what = kind::used;
    way which = way::direct;
    std::optional<way> before;  // of used: what was in use until now
    core::error_code reason;    // why the one before is not, or this one died
    std::string detail;
};

class failover {
public:
    static constexpr core::duration silence = std::chrono::seconds(11);  // two beats of 5 s
    static constexpr core::duration next_rung = std::chrono::seconds(4);
    // After the last sign of life; a connection takes up to 2 s, and a switch at most 15 s.
    static constexpr core::duration latest_rung = std::chrono::seconds(13);
    static constexpr core::duration trial = std::chrono::seconds(60);
    static constexpr core::duration longest_trial = std::chrono::minutes(3);
    static constexpr core::duration return_limit = std::chrono::seconds(15);  // to be up, when tried again
    static constexpr core::duration first_return = std::chrono::minutes(1);
    static constexpr core::duration proven = std::chrono::minutes(10);  // in use for so long: trusted again
    static constexpr core::duration probe = std::chrono::seconds(60);
    static constexpr core::duration short_life = std::chrono::seconds(30);

    // TikTok is being asked from `now` on.
    failover(failover_options options, core::time_point now);

    // `room_id`: of the live, as far as it is known (0: not).
    void on_live(core::time_point now, live_knowledge what, std::int64_t room_id = 0);
    // Any frame of a way that beats; an event, a pong of one that does not.
    void on_life(core::time_point now, way which);
    void on_comment(core::time_point now, way which, std::int64_t msg_id);
    void on_other(core::time_point now, way which);
    void on_viewers(core::time_point now, way which, std::int64_t viewers);
    void on_end(core::time_point now, way which, const way_answer& why);
    void step(core::time_point now);

    core::time_point due() const noexcept { return due_; }
    std::uint64_t run_of(way which) const noexcept;
    // The way whose events are the relay's, also for the seconds in which it is dead and none has taken over.
    std::optional<way> in_use() const noexcept;
    bool alive() const noexcept;  // the way in use is up
    std::vector<way_report> report() const;
    std::vector<way_change> take_changes();

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    enum class phase : std::uint8_t { idle, trying, up };

    struct leg {
        failover_options::one what;
        phase state = phase::idle;
        bool wanted = false;
        std::uint64_t run = 0;
        core::time_point up_since{};
        core::time_point last_life{};
        core::time_point not_before = core::time_point::min();     // told by the server, or refused
        core::time_point offline_until = core::time_point::min();  // it says that the streamer is not live
        core::time_point next_attempt = core::time_point::min();
        std::optional<core::time_point> give_up_at;  // of a return
        core::time_point retry_at = core::time_point::min();
        core::time_point down_until = core::time_point::min();  // its provider is in trouble
        bool returning = false;                                 // tried again while a worse one is in use
        int failures = 0;
        int offline_answers = 0;
        int refusals = 0;
        int returns = 0;
        core::error_code reason;
        std::string detail;
    };

    std::size_t index_of(way which) const noexcept;
    std::size_t first_up() const noexcept;
    bool several_up() const noexcept;
    bool fits(std::size_t index) const;
    core::time_point opens_at(const leg& one) const;
    bool may_run(std::size_t index, core::time_point now) const;

    void came_live(core::time_point now, bool other_room);
    void went_offline();
    void start_waiting(core::time_point now);
    void begin(leg& one, core::time_point now);
    void stop(std::size_t index);
    void lose(core::time_point now, std::size_t index, const core::error_code& reason);
    core::duration retry_wait(leg& one);
    void heed(core::time_point now, std::size_t index, const way_answer& why);
    void use(core::time_point now, std::size_t index, const core::error_code& why);
    void schedule_return(core::time_point now, leg& one);
    void fail_return(core::time_point now, std::size_t index, const core::error_code& reason);

    void check_silence(core::time_point now);
    void climb(core::time_point now);
    std::size_t next_to_start(core::time_point now) const;
    void look_after_returns(core::time_point now);
    void look_for_mutes(core::time_point now);
    void look_after_probe(core::time_point now);
    void compute_due(core::time_point now);
    core::duration shortened(core::duration wait);

    failover_options options_;
    std::vector<leg> legs_;
    std::mt19937_64 engine_;
    live_knowledge live_ = live_knowledge::unknown;
    std::int64_t room_id_ = 0;
    core::time_point unknown_since_;
    std::size_t in_use_ = none;
    core::time_point next_rung_ = core::time_point::min();
    std::size_t probe_ = none;
    core::time_point probe_until_{};
    comment_overlap overlap_;
    mute_watch mute_;
    std::uint64_t runs_ = 0;
    core::time_point due_ = core::time_point::max();
    std::vector<way_change> changes_;
};

}  // namespace tiktok2twitch::tiktok
