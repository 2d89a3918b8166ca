// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/told_streaks.hpp"

namespace tiktok2twitch::relay {

std::optional<told_streaks::entry> told_streaks::find(const streak_key& key, core::time_point now) {
    forget_old(now);
    const auto found = entries_.find(key);
    return found == entries_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<told_streaks::entry> told_streaks::find_without_group(std::int64_t user, std::int64_t gift,
                                                                    core::time_point now) {
    const auto found = without_group_.find({user, gift});
    return found == without_group_.end() ? std::nullopt : find(streak_key(found->second), now);
}

void told_streaks::remember(const streak_key& key, const told_streak& told, core::time_point now) {
    if (key.group < 0)
        without_group_.insert_or_assign({key.user, key.gift}, key);
    const auto [place, added] = entries_.try_emplace(key, entry{key, told, now});
    if (!added) {
        place->second.told = told;
        return;
    }
    order_.emplace_back(now, key);
    if (order_.size() > limit_)
        forget_oldest();
}

void told_streaks::forget_old(core::time_point now) {
    while (!order_.empty() && now - order_.front().first >= memory_)
        forget_oldest();
}

void told_streaks::forget_oldest() {
    const streak_key& key = order_.front().second;
    if (const auto found = without_group_.find({key.user, key.gift});
        found != without_group_.end() && found->second == key)
        without_group_.erase(found);
    entries_.erase(key);
    order_.pop_front();
}

}  // namespace tiktok2twitch::relay
