// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

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

// A clean name without what would be read as one of the marks: in other case, with look-alike letters or
// blanks inside as well, "[ Stréamer]", and with any level. Marks that begin or end with a letter or digit,
// "VIP", are looked for as words. Linear.
std::string without_marks(std::string_view clean_name, const badge_marks& marks);

}  // namespace tiktok2twitch::relay
