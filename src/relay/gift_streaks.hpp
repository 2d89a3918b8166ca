// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Folds the frames of a gift streak to one event (tiktok.md 5.1).
//
// A streak is known by user, gift and group; the largest count counts. It is over
// - with its end frame,
// - after a silence (the end is often missing: one streak in five in the measured room), or
// - when the same user starts a newer group of the same gift.
// A streak of another gift does not close it: one user with two streaks of different gifts, whose frames
// interleave, is normal, and nothing in the frames tells a new streak from the other one's turn. Two running
// streaks of the same gift do not exist: sending it again continues the one. "Newer" by the group's number,
// which is the time it began (6.2), so that a late frame of an older group closes nothing.
//
// A streak that is over stays over for a while: what comes late or twice changes nothing. Group 0 is no
// streak's name and is not remembered, or the user's next gift of that kind would be lost.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <vector>

#include "relay/gift_catalog.hpp"
#include "relay/recent_keys.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/room_story.hpp"

namespace tiktok2twitch::relay {

class gift_streaks {
public:
    explicit gift_streaks(const story_limits& limits);

    // `what.gift` must be set. Returns the streaks that are over now, and gifts that are no streak.
    std::vector<event> on_gift(event what, core::time_point now);
    // Closes what has been silent for too long.
    std::vector<event> poll(core::time_point now);
    core::time_point deadline() const;
    std::vector<event> finish(core::time_point now);

    // Closes what the user has open.
    std::vector<event> forget(std::int64_t user, core::time_point now);

    std::size_t open() const noexcept { return open_.size(); }

private:
    struct key {
        std::int64_t user = 0;
        std::int64_t gift = 0;
        std::int64_t group = 0;
        auto operator<=>(const key&) const = default;
    };
    struct streak {
        key name;
        event latest;
        std::int64_t largest = 0;
        core::time_point heard_at;
    };
    using position = std::list<streak>::iterator;

    void close_older_of_same_gift(const key& newer, core::time_point received_at, core::time_point now,
                                  std::vector<event>& out);
    void close(position which, core::time_point received_at, core::time_point now, std::vector<event>& out);

    story_limits limits_;
    gift_catalog catalog_;
    recent_keys<key> finished_;
    std::list<streak> open_;  // silent for longest first
    std::map<key, position> by_key_;
};

}  // namespace tiktok2twitch::relay
