// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/gift_streaks.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace tiktok2twitch::relay {

gift_streaks::gift_streaks(const story_limits& limits)
    : limits_(limits),
      catalog_(limits.gift_names),
      finished_(limits.finished_memory, limits.finished_streaks) {}

std::vector<event> gift_streaks::on_gift(event what, core::time_point now) {
    std::vector<event> out = poll(now);
    catalog_.complete(*what.gift);
    if (!what.gift->streakable) {
        what.gift->ended = true;
        out.push_back(std::move(what));
        return out;
    }
    const key name{what.from.id, what.gift->id, what.gift->streak};
    if (finished_.contains(name, now))
        return out;
    close_older_of_same_gift(name, what.received_at, now, out);
    const auto [place, added] = by_key_.try_emplace(name);
    if (added)
        place->second = open_.insert(open_.end(), streak{name, {}, 0, now});
    const position which = place->second;
    const core::time_point received_at = what.received_at;
    const bool ended = what.gift->ended;
    which->largest = std::max(which->largest, what.gift->count);
    which->heard_at = now;
    which->latest = std::move(what);
    open_.splice(open_.end(), open_, which);
    if (ended)
        close(which, received_at, now, out);
    else if (open_.size() > limits_.open_streaks)
        close(open_.begin(), received_at, now, out);
    return out;
}

std::vector<event> gift_streaks::poll(core::time_point now) {
    std::vector<event> out;
    while (!open_.empty() && now - open_.front().heard_at >= limits_.streak_silence)
        close(open_.begin(), now, now, out);
    return out;
}

core::time_point gift_streaks::deadline() const {
    return open_.empty() ? core::time_point::max() : open_.front().heard_at + limits_.streak_silence;
}

std::vector<event> gift_streaks::finish(core::time_point now) {
    std::vector<event> out;
    while (!open_.empty())
        close(open_.begin(), now, now, out);
    return out;
}

std::vector<event> gift_streaks::forget(std::int64_t user, core::time_point now) {
    std::vector<event> out;
    constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
    for (auto at = by_key_.lower_bound(key{user, lowest, lowest});
         at != by_key_.end() && at->first.user == user;) {
        const position which = at->second;
        ++at;
        close(which, now, now, out);
    }
    return out;
}

void gift_streaks::close_older_of_same_gift(const key& newer, core::time_point received_at,
                                            core::time_point now, std::vector<event>& out) {
    const key first{newer.user, newer.gift, std::numeric_limits<std::int64_t>::min()};
    for (auto at = by_key_.lower_bound(first); at != by_key_.end() && at->first < newer;) {
        const position which = at->second;
        ++at;
        close(which, received_at, now, out);
    }
}

void gift_streaks::close(position which, core::time_point received_at, core::time_point now,
                         std::vector<event>& out) {
    event told = std::move(which->latest);
    told.received_at = received_at;
    told.gift->count = which->largest;
    told.gift->ended = true;
    catalog_.complete(*told.gift);  // its name may have been learned since its last frame
    if (which->name.group != 0)
        finished_.remember(which->name, now);
    by_key_.erase(which->name);
    open_.erase(which);
    out.push_back(std::move(told));
}

}  // namespace tiktok2twitch::relay
