// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/away_story.hpp"

#include <algorithm>
#include <utility>

namespace tiktok2twitch::core {

away_story::telling away_story::on_failure(const std::string& cause, time_point now) {
    if (!since_) {
        since_ = now;
        distance_ = first_distance;
        causes_.clear();
    }
    if (causes_.size() < most_causes && causes_.insert(cause).second) {
        told_ = now;
        return telling::cause;
    }
    if (now - told_ < distance_)
        return telling::nothing;
    told_ = now;
    distance_ = std::min(2 * distance_, longest_distance);
    return telling::lasts;
}

std::optional<duration> away_story::on_back(time_point now) {
    const auto since = std::exchange(since_, std::nullopt);
    if (!since)
        return std::nullopt;
    return now - *since;
}

}  // namespace tiktok2twitch::core
