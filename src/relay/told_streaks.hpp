// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The streaks that were told not long ago: bounded in time and in number.

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <utility>

#include "relay/streak_key.hpp"
#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::relay {

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

}  // namespace tiktok2twitch::relay
