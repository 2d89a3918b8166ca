// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What to say about a service that is away, try after try: each cause once in full, then only that it lasts,
// at growing distances. Pure; one object per service.

#include <cstddef>
#include <optional>
#include <set>
#include <string>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::core {

class away_story {
public:
    static constexpr duration first_distance = std::chrono::minutes(1);
    static constexpr duration longest_distance = std::chrono::minutes(30);
    static constexpr std::size_t most_causes = 8;  // of one absence; what comes after them is a repeat

    enum class telling : std::uint8_t {
        cause,    // say what happened, what to do and when the next try is
        lasts,    // say that it lasts, why, and when the next try is
        nothing,  // the log has it already
    };

    // A try failed, or what worked has ended. `cause` tells causes apart.
    telling on_failure(const std::string& cause, time_point now);
    // It works. For how long it was away; nothing when it was not.
    std::optional<duration> on_back(time_point now);

    // Zero when it is not away.
    duration away_for(time_point now) const { return since_ ? now - *since_ : duration{}; }

private:
    std::optional<time_point> since_;
    time_point told_;
    duration distance_ = first_distance;
    std::set<std::string> causes_;
};

}  // namespace tiktok2twitch::core
