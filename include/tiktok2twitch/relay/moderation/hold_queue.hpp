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

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::relay {

struct held_part {
    line_part part;
    std::string channel;
    core::time_point until{};
    bool release_after = false;  // said when `until` has come; else only approve() says it
    // What moderators call it: the next one that was never given, whatever the channel. 0: time alone
    // releases it.
    std::uint64_t number = 0;
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
    // Of an earlier process: keeps its number. No number up to `last` is given any more.
    void restore(held_part held);
    void start_after(std::uint64_t last);
    std::uint64_t last_number() const noexcept { return last_number_; }
    // Changes with what waits for a decision.
    std::uint64_t revision() const noexcept { return revision_; }
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
    std::optional<std::string> channel_of(std::uint64_t number) const;

    // Taken out: deleted at the source, a removed route, the end.
    std::vector<line_part> remove(const std::function<bool(const line_part&)>& which);

    // What is held in this channel, to be changed in its place: judged again.
    void for_each(std::string_view channel, const std::function<void(held_part&)>& change);
    // One of them, which time alone was to release, needs a moderator from now on.
    void ask(held_part& held, core::time_point until);
    const std::deque<held_part>& all() const noexcept { return held_; }  // oldest first

    std::size_t count(route_id route) const;

private:
    void count_change(const held_part& held) { revision_ += held.release_after ? 0 : 1; }
    std::deque<held_part>::iterator first_of_the_busiest();
    std::optional<line_part> take(std::string_view channel, std::uint64_t number);
    template <class Which>
    std::vector<line_part> extract(Which which);

    std::deque<held_part> held_;
    std::uint64_t last_number_ = 0;
    std::uint64_t revision_ = 0;
};

}  // namespace tiktok2twitch::relay
