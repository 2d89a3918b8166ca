// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::relay {

// Which streak. `group` is the wire's group_id; below 0 a number of our own for one that came without.
struct streak_key {
    std::int64_t user = 0;
    std::int64_t gift = 0;
    std::int64_t group = 0;
    auto operator<=>(const streak_key&) const = default;
};

// A streak that has come out: how far it was told.
struct told_streak {
    std::int64_t count = 0;
    bool by_end = false;           // its end frame closed it
    core::unix_ms created_at = 0;  // of its latest frame, TikTok's clock; 0: unknown
};

}  // namespace tiktok2twitch::relay
