// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Handshakes that one room may cost TikTok: never more than 40 in 10 minutes, whatever the reasons to try
// again are. Pure. A spell of connections that break at once must not use them up at its start, or its end
// would be noticed minutes late: six go at once, the next thirty keep 7 s between them, which lasts for
// four minutes, and the rest 15 s, which is what 40 in 10 minutes come to.

#include <cstddef>
#include <deque>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::tiktok {

class handshake_limiter {
public:
    static constexpr core::duration window = std::chrono::minutes(10);
    static constexpr std::size_t most = 40;
    static constexpr std::size_t at_once = 6;
    static constexpr core::duration spacing = std::chrono::seconds(7);
    static constexpr std::size_t spaced = 36;
    static constexpr core::duration wide_spacing = std::chrono::seconds(15);

    // One reached TikTok. Times must not go back.
    void on_handshake(core::time_point now);
    // The next one may go then; at most `now` when it may go now.
    core::time_point earliest(core::time_point now) const;
    // So few went lately that none needs to be saved.
    bool plenty(core::time_point now) const { return used(now) < at_once; }

private:
    std::size_t used(core::time_point now) const;

    std::deque<core::time_point> recent_;  // oldest first, at most `most`
};

}  // namespace tiktok2twitch::tiktok
