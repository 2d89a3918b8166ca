// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What may be said only later, or only when a moderator agrees. Pure; the books count what is in here as
// pending.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
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
};

class hold_queue {
public:
    // Over all channels. Who fills it with held messages loses the oldest, not memory.
    static constexpr std::size_t most_held = 2000;

    // What had to go to make room for it, if anything: the oldest of whoever has most in here.
    std::optional<line_part> add(held_part held);
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

    // The oldest one of that channel, decided by a moderator.
    std::optional<line_part> approve(std::string_view channel, core::time_point now);
    std::optional<line_part> deny(std::string_view channel);

    // Taken out: deleted at the source, a removed route, the end.
    std::vector<line_part> remove(const std::function<bool(const line_part&)>& which);

    // What is held in this channel, to be changed in its place: judged again.
    void for_each(std::string_view channel, const std::function<void(held_part&)>& change);

    std::size_t count(route_id route) const;
    std::size_t count(std::string_view channel) const;

private:
    std::deque<held_part>::iterator first_of_the_busiest();
    std::optional<line_part> take_oldest(std::string_view channel);

    std::deque<held_part> held_;  // oldest first
};

}  // namespace tiktok2twitch::relay
