// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::relay {

// What {badges} says of each role: [badges] of the configuration. Clean text, at most mark_code_points
// long; empty: nothing is said. "{level}" in the marks of gifters and of the fan club is the level.
struct badge_marks {
    std::string streamer = "[streamer]";
    std::string moderator = "[mod]";
    std::string subscriber = "[sub]";
    std::string gifter;
    std::string fan_club;
    std::string new_follower;
    friend bool operator==(const badge_marks&, const badge_marks&) = default;
};
inline constexpr std::size_t mark_code_points = 12;

// The marks of everything that `from` is, in the order above.
std::string badges_of(const author& from, const badge_marks& marks);

}  // namespace tiktok2twitch::relay
