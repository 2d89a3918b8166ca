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
// - A gift streak comes out when it is over (gift_streaks.hpp says when): count and coins in gift,
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
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/filter/user_rules.hpp"
#include "tiktok2twitch/relay/story/gift_streaks.hpp"

namespace tiktok2twitch::relay {

// Keys that were seen not long ago: bounded in time and in number.
template <class Key>
class recent_keys {
public:
    recent_keys(core::duration memory, std::size_t limit) : memory_(memory), limit_(limit) {}

    bool contains(const Key& key, core::time_point now) {
        while (!order_.empty() && now - order_.front().first >= memory_)
            forget_oldest();
        return keys_.contains(key);
    }

    // Not prolonged when it is known already.
    void remember(const Key& key, core::time_point now) {
        if (!keys_.insert(key).second)
            return;
        order_.emplace_back(now, key);
        if (order_.size() > limit_)
            forget_oldest();
    }

private:
    void forget_oldest() {
        keys_.erase(order_.front().second);
        order_.pop_front();
    }

    core::duration memory_;
    std::size_t limit_;
    std::set<Key> keys_;
    std::deque<std::pair<core::time_point, Key>> order_;  // oldest first
};

// Counts a room's likes and tells when their number crosses a multiple of a step. The totals on the wire
// jump backwards (docs/protocol/tiktok.md §4.6); the largest seen counts. The first total is where counting
// begins: what was liked before is no news.
class like_milestones {
public:
    // No milestones when `every` is not positive.
    explicit like_milestones(std::int64_t every) : every_(every) {}

    void set_every(std::int64_t every);

    // `like`: of the wire. Returns it as a milestone, by whose likes it was reached: total_likes the largest
    // multiple crossed, count the likes since the milestone before or since counting began.
    std::optional<event> on_like(event like);

    std::int64_t total() const noexcept { return total_; }  // 0: unknown
    // Another live counts from its own beginning.
    void reset();

private:
    std::int64_t steps() const noexcept { return every_ > 0 ? total_ / every_ : 0; }

    std::int64_t every_;
    std::int64_t total_ = 0;
    std::int64_t reached_ = 0;  // steps that are no news any more
    std::int64_t told_ = 0;     // the total that `count` starts from
};

// Which of the viewer counts, one every 2 s, are worth telling: the first, then what has changed by a
// quarter, at most once a minute (in a small room one viewer is a quarter), and otherwise one in 5 minutes.
class viewer_steps {
public:
    static constexpr core::duration least = std::chrono::minutes(1);
    static constexpr core::duration most = std::chrono::minutes(5);

    bool is_news(std::int64_t viewers, core::time_point now);

    std::int64_t current() const noexcept { return current_; }  // 0: unknown
    void reset() { *this = {}; }

private:
    std::int64_t current_ = 0;
    std::int64_t told_ = 0;
    core::time_point told_at_{};
};

class room_story {
public:
    explicit room_story(std::int64_t like_every, const story_limits& limits = {});

    void set_like_every(std::int64_t like_every) { likes_.set_every(like_every); }

    std::vector<event> on_event(event what, core::time_point now);
    std::vector<event> poll(core::time_point now);
    // time_point::max() when nothing is open.
    core::time_point deadline() const { return streaks_.deadline(); }
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

    std::size_t open_streaks() const noexcept { return streaks_.open(); }

private:
    static constexpr std::size_t most_new_followers = 10'000;  // some 1 MB
    struct nothing {};

    std::vector<event> stamped(std::vector<event> out) const;
    bool known_subscription(const event& what, core::time_point now);

    gift_streaks streaks_;
    like_milestones likes_;
    viewer_steps viewers_;
    recent_keys<std::pair<std::int64_t, std::int64_t>> subscriptions_;
    recent_users<nothing, most_new_followers> followers_;
};

}  // namespace tiktok2twitch::relay
