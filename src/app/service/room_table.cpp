// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/room_table.hpp"

#include <algorithm>

namespace tiktok2twitch::app {

void room_table::want(const std::string& name) {
    ++wanted_[name];
}

std::optional<room_index> room_table::unwant(const std::string& name) {
    const auto found = wanted_.find(name);
    if (found == wanted_.end() || --found->second > 0)
        return std::nullopt;
    wanted_.erase(found);
    finished_.erase(name);  // wanted again later, it gets another chance
    for (const auto& [index, watched] : watched_)
        if (watched == name) {
            stopped_.insert(index);
            return index;
        }
    return std::nullopt;
}

std::vector<std::pair<room_index, std::string>> room_table::startable() {
    std::vector<std::pair<room_index, std::string>> rooms;
    for (const auto& [name, routes] : wanted_) {
        const bool running =
            std::any_of(watched_.begin(), watched_.end(),
                        [&wanted = name](const auto& entry) { return entry.second == wanted; });
        if (!running && !finished_.contains(name))
            rooms.emplace_back(next_++, name);
    }
    watched_.insert(rooms.begin(), rooms.end());
    return rooms;
}

void room_table::ended(room_index index, bool hopeless) {
    const auto found = watched_.find(index);
    if (found == watched_.end())
        return;
    // Stopped because no route wanted it: a later reload may have brought it back meanwhile.
    if (stopped_.erase(index) == 0 && wanted_.contains(found->second))
        finished_[found->second] = hopeless;
    watched_.erase(found);
    losses_.erase(index);
    missing_.erase(index);
}

void room_table::missing(room_index index, bool now_missing) {
    if (!now_missing)
        missing_.erase(index);
    else if (watched_.contains(index))
        missing_.insert(index);
}

bool room_table::only_missing_left() const noexcept {
    return !watched_.empty() && missing_.size() == watched_.size();
}

bool room_table::all_hopeless() const noexcept {
    return !finished_.empty() &&
           std::all_of(finished_.begin(), finished_.end(), [](const auto& entry) { return entry.second; });
}

const std::string* room_table::name(room_index index) const noexcept {
    const auto found = watched_.find(index);
    return found == watched_.end() ? nullptr : &found->second;
}

feed_counts room_table::new_losses(room_index index, const feed_counts& totals) {
    auto& known = losses_[index];
    feed_counts fresh{};
    for (std::size_t i = 0; i < feed_counters; ++i) {
        fresh[i] = totals[i] - std::min(totals[i], known[i]);
        known[i] += fresh[i];
    }
    return fresh;
}

}  // namespace tiktok2twitch::app
