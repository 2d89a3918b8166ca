// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// From what a room's socket brings to what happened in the room: gift streaks folded to one event each, likes
// to milestones, and the room's counters stamped on every event. One object per room, kept over reconnects.
// Pure; knows no configuration but the like step.
//
// Order of calls: on_event() for every event that message_memory judged fresh; poll() whenever deadline() has
// come; finish() when the live or the process ends. Each returns the events worth judging, oldest first.
//
// - A gift streak comes out when it is over (src/relay/gift_streaks.hpp says when): count and coins in gift,
//   the msg_id of its last frame that counted, received_at the time of what closed it. Gifts that are no
//   streak at once. What grows after it came out comes out as the rest of it, with how many came out before
//   (gift::before).
// - Likes come out as milestones (kind like): total_likes is the multiple of the step that was crossed.
// - Viewer counts come out when they have changed by a quarter, at most once a minute, or after 5 minutes.
// - The same month of the same subscriber comes out once.
// - Who follows is a new follower until the next live (author::new_follower).
// - live_start and live_end close every streak; live_start begins the counting of likes and viewers anew.
// - Everything else comes out as it is. All of it carries the room's counters.
//
// Streaks can outlive the process: keep what take_notes() returns, and beside it gift::told of every streak
// that was said or settled otherwise, before it is said; give all of it to restore() at the next start. The
// notes are lines of text, only ever appended, in any order; compact() makes them few again.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::relay {

struct story_limits {
    core::duration streak_silence =
        std::chrono::seconds(60);  // a streak without news is over (tiktok.md 5.1)
    core::duration finished_memory =
        std::chrono::minutes(15);          // a late or doubled end, or subscription, changes nothing
    std::size_t open_streaks = 2000;       // more: the one silent for longest is closed
    std::size_t finished_streaks = 20000;  // and as many subscriptions
    std::size_t gift_names = 5000;         // name, price and type by gift id, for repeats without them
};

class room_story {
public:
    explicit room_story(std::int64_t like_every, const story_limits& limits = {});
    room_story(room_story&&) noexcept;
    room_story& operator=(room_story&&) noexcept;
    ~room_story();

    void set_like_every(std::int64_t like_every);

    std::vector<event> on_event(event what, core::time_point now);
    std::vector<event> poll(core::time_point now);
    core::time_point deadline() const;  // time_point::max() when nothing is open
    std::vector<event> finish(core::time_point now);

    // Everything of this user was removed at the source: the open streaks end unsaid, and are returned.
    std::vector<event> forget(std::int64_t user, core::time_point now);

    // Before the first event; notes are made only after this call. A streak that was seen further than it was
    // told is open again, as if heard now; what is too old for that (finished_memory by the wall clock) is
    // closed and returned. What was told is known for finished_memory from now on: no clock is needed for it.
    std::vector<event> restore(std::string_view notes, core::time_point now, core::unix_ms wall);
    std::string take_notes(core::unix_ms wall);
    // False: notes of a version that this program does not know. restore() finds nothing in them.
    static bool can_read(std::string_view notes);
    // The same notes in as few lines as needed.
    static std::string compact(std::string_view notes);

    std::size_t open_streaks() const noexcept;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::relay
