// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// event.*.per_minute: at most so many lines of a kind in any 60 seconds. Pure; one object per route.

#include <array>
#include <cstddef>
#include <deque>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::relay {

class kind_limits {
public:
    static constexpr auto window = std::chrono::minutes(1);

    // True when one more of `kind` may be said now, and then it counts. `per_minute` 0: no limit.
    bool take(event_kind kind, std::size_t per_minute, core::time_point now);

private:
    std::array<std::deque<core::time_point>, event_kinds> said_;  // at most per_minute each
};

}  // namespace tiktok2twitch::relay
