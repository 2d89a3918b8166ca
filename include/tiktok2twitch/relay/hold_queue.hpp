// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What may be said only later, or only when a moderator agrees. Pure; the books count what is in here as
// pending.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::relay {

struct held_part {
    line_part part;
    std::string channel;
    core::time_point until{};
    bool release_after = false;  // said when `until` has come; else only approve() says it
    std::uint64_t number = 0;    // what moderators call it; add() gives it, from 1, never twice in a channel
};

class hold_queue {
public:
    // Over all channels. Who fills it with held messages loses the oldest, not memory.
    static constexpr std::size_t most_held = 2000;

    struct added {
        std::uint64_t number = 0;
        std::optional<line_part> lost;  // what had to make room: the oldest of whoever has most in here
    };
    added add(held_part held);
    // Until when messages of this author wait here for their time alone: what he writes meanwhile must not
    // overtake them. Nothing: there are none.
    std::optional<core::time_point> waits_until(route_id route, std::int64_t author_id) const;

    struct due {
        std::vector<line_part> said;    // their time has come; received_at is now, for a fresh max_age
        std::vector<line_part> denied;  // nobody agreed in time
    };
    due take_due(core::time_point now);
    // All that time alone would release, at once.
    std::vector<line_part> release(core::time_point now);
    core::time_point deadline() const;  // time_point::max() when nothing is held

    // The one with that number, decided by a moderator. Number 0: the only one that needs a decision; nothing
    // when there are several, for who decides has to know about what.
    std::optional<line_part> approve(std::string_view channel, std::uint64_t number, core::time_point now);
    std::optional<line_part> deny(std::string_view channel, std::uint64_t number);
    // The numbers of all that time alone will not release, oldest first.
    std::vector<std::uint64_t> undecided(std::string_view channel) const;

    // Taken out: deleted at the source, a removed route, the end.
    std::vector<line_part> remove(const std::function<bool(const line_part&)>& which);

    // What is held in this channel, to be changed in its place: judged again.
    void for_each(std::string_view channel, const std::function<void(held_part&)>& change);

    std::size_t count(route_id route) const;

private:
    std::deque<held_part>::iterator first_of_the_busiest();
    std::optional<line_part> take(std::string_view channel, std::uint64_t number);

    std::deque<held_part> held_;                                 // oldest first
    std::map<std::string, std::uint64_t, std::less<>> numbers_;  // by channel: the last one given
};

}  // namespace tiktok2twitch::relay
