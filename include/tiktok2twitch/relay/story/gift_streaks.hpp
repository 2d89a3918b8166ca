// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::relay {

// Which streak. `group` is the wire's group_id; below 0 a number of our own for one that came without.
struct streak_key {
    std::int64_t user = 0;
    std::int64_t gift = 0;
    std::int64_t group = 0;
    auto operator<=>(const streak_key&) const = default;
};

// A streak that has come out: how far it was told.
struct told_streak {
    std::int64_t count = 0;
    bool by_end = false;           // its end frame closed it
    core::unix_ms created_at = 0;  // of its latest frame, TikTok's clock; 0: unknown
};

// Name, price and type of the gifts seen so far. Repeats of a streak may come without them
// (docs/protocol/tiktok.md §5.1).

class gift_catalog {
public:
    explicit gift_catalog(std::size_t limit) : limit_(limit) {}

    // Learns from a gift that says what it is; fills in one that does not, when its id is known. True when
    // there was something to learn.
    bool complete(gift& what);

private:
    struct entry {
        std::string name;
        std::int64_t coins = 0;
        bool streakable = false;
        bool operator==(const entry&) const = default;
    };

    bool learn(const gift& what);

    std::size_t limit_;
    std::unordered_map<std::int64_t, entry> entries_;
    std::deque<std::int64_t> order_;  // of learning
};

// The streaks that were told not long ago: bounded in time and in number.

class told_streaks {
public:
    struct entry {
        streak_key key;
        told_streak told;
        core::time_point at;  // when it was told first
    };

    told_streaks(core::duration memory, std::size_t limit) : memory_(memory), limit_(limit) {}

    std::optional<entry> find(const streak_key& key, core::time_point now);
    // The latest one of this user and gift that came without a group.
    std::optional<entry> find_without_group(std::int64_t user, std::int64_t gift, core::time_point now);
    // Told further when it is known already; its time stays.
    void remember(const streak_key& key, const told_streak& told, core::time_point now);

private:
    using user_and_gift = std::pair<std::int64_t, std::int64_t>;

    void forget_old(core::time_point now);
    void forget_oldest();

    core::duration memory_;
    std::size_t limit_;
    std::map<streak_key, entry> entries_;
    std::map<user_and_gift, streak_key> without_group_;
    std::deque<std::pair<core::time_point, streak_key>> order_;  // oldest first
};

// Folds the frames of a gift streak to one event (docs/protocol/tiktok.md §5.1).
//
// A streak is known by user, gift and group; the largest count counts. It is over
// - with its end frame,
// - after a silence (the end is often missing: one streak in five in the measured room), or
// - when the same user starts a newer group of the same gift.
// A streak of another gift does not close it: one user with two streaks of different gifts, whose frames
// interleave, is normal, and nothing in the frames tells a new streak from the other one's turn. Two running
// streaks of the same gift do not exist: sending it again continues the one. "Newer" by the group's number,
// which is the time it began (docs/protocol/tiktok.md §6.2), so that a late frame of an older group closes
// nothing.
//
// A streak that is over stays over for a while: what comes late or twice changes nothing. Only a frame that
// counts further than what was told opens it again, and what comes out then is the rest: what is told of a
// streak, all together, is its largest count, whether the process, the silence or the bound cut it. How much
// came out before goes with it (gift::before).
//
// A streak may come without a group id. Then only user, gift, counts and times can tell, and the rule is:
// - While one is open, frames of this user and gift belong to it, but for one that counts from 1 again: that
//   is the next streak, and the end of the one before is missing.
// - A frame that TikTok made before the last one of a streak that is over is late, and belongs to that.
// - Within `streak_silence` of its end frame, an end with the same count is that end doubled.
// - Within as long of being closed without an end, a frame that counts further, or an end that counts as far,
//   belongs to it.
// - Everything else is a new streak.

struct story_limits {
    core::duration streak_silence =
        std::chrono::seconds(60);  // a streak without news is over (docs/protocol/tiktok.md §5.1)
    core::duration finished_memory =
        std::chrono::minutes(15);          // a late or doubled end, or subscription, changes nothing
    std::size_t open_streaks = 2000;       // more: the one silent for longest is closed
    std::size_t finished_streaks = 20000;  // and as many subscriptions
    std::size_t gift_names = 5000;         // name, price and type by gift id, for repeats without them
};

class gift_streaks {
public:
    explicit gift_streaks(const story_limits& limits);

    // `what.gift` must be set. Returns the streaks that are over now, and gifts that are no streak.
    std::vector<event> on_gift(event what, core::time_point now);
    // Closes what has been silent for too long.
    std::vector<event> poll(core::time_point now);
    core::time_point deadline() const;
    std::vector<event> finish(core::time_point now);

    // Closes what the user has open, for good.
    std::vector<event> forget(std::int64_t user, core::time_point now);

    // See room_story.
    std::vector<event> restore(std::string_view notes, core::time_point now, core::unix_ms wall);
    std::string take_notes();

    std::size_t open() const noexcept { return open_.size(); }

private:
    struct streak {
        streak_key name;
        event latest;
        std::int64_t largest = 0;
        std::int64_t told = 0;  // before it was opened
        core::time_point heard_at;
    };
    using position = std::list<streak>::iterator;

    streak_key name_of(const event& what, core::time_point now, std::vector<event>& out);
    streak_key own_name(const event& what, core::time_point now);
    bool belongs_to(const told_streaks::entry& last, const event& what, core::time_point now) const;
    position open_streak(const streak_key& name, std::int64_t told, core::time_point now);
    void complete(gift& what);
    void close_older_of_same_gift(const streak_key& newer, core::time_point received_at, core::time_point now,
                                  std::vector<event>& out);
    // Not by its end frame unless `by_end`.
    void close(position which, core::time_point received_at, core::time_point now, std::vector<event>& out,
               bool by_end = false);

    story_limits limits_;
    gift_catalog catalog_;
    told_streaks told_;
    std::list<streak> open_;  // silent for longest first
    std::map<streak_key, position> by_key_;
    bool keeps_notes_ = false;
    std::string notes_;
};

}  // namespace tiktok2twitch::relay
