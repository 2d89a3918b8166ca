// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Handshakes that one room may cost TikTok: never more than 40 in 10 minutes, whatever the reasons to try
// again are. Pure. A spell of connections that break at once must not use them up at its start, or its end
// would be noticed minutes late. Six go at once, and one more for every 9 s that pass: that is 39 in five
// minutes, and those that were not needed may be used later. Then 15 s lie between two, which is what 40 in
// 10 minutes come to. One that failed says nothing about the live, so the next one after it waits for 7 s.

#include <cstddef>
#include <deque>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::tiktok {

class handshake_limiter {
public:
    static constexpr core::duration window = std::chrono::minutes(10);
    static constexpr std::size_t most = 40;
    static constexpr std::size_t at_once = 6;
    static constexpr core::duration spacing = std::chrono::seconds(9);  // on average
    static constexpr core::duration after_failure = std::chrono::seconds(7);
    static constexpr std::size_t spaced = 37;
    static constexpr core::duration wide_spacing = std::chrono::seconds(15);

    // One reached TikTok; `entered`: and led into the room. Times must not go back.
    void on_handshake(core::time_point now, bool entered);
    // The next one may go then; at most `now` when it may go now.
    core::time_point earliest(core::time_point now) const;
    // There were two lately at most: nothing needs to be saved.
    bool plenty(core::time_point now) const { return used(now) < 3; }

private:
    std::size_t used(core::time_point now) const;

    std::deque<core::time_point> recent_;                    // oldest first, at most `most`
    core::time_point paid_until_ = core::time_point::min();  // each costs `spacing`; six are on credit
    bool failed_ = false;                                    // the last one
};

}  // namespace tiktok2twitch::tiktok
