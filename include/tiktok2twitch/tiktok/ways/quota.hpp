// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// How many calls a provider may still get, over all rooms and all its ways, and over restarts: the texts that
// spend() and hold() return belong into a file, one record each, and restore() takes them back. Pure. Times
// are the wall clock's, because they outlive the process; a clock that is set back makes no wait longer than
// the window it belongs to.
//
//     c SECONDS          a call
//     w SECONDS          no call before that time (told by the provider)

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::tiktok {

struct quota_limits {
    std::uint32_t minute = 0;  // calls; 0: no limit
    std::uint32_t hour = 0;
    std::uint32_t day = 0;
};
// EulerStream's: without a key, and with one of the free plan.
inline constexpr quota_limits anonymous_quota{5, 30, 100};
inline constexpr quota_limits free_plan_quota{60, 500, 2500};

class quota {
public:
    // Calls that are remembered; without a limit for the day this is the bound.
    static constexpr std::size_t most_calls = 10'000;
    static constexpr core::unix_ms longest_hold = 24LL * 3600 * 1000;

    explicit quota(const quota_limits& limits) : limits_(limits) {}

    // How long until a call may be made, in milliseconds; 0: now.
    core::unix_ms wait(core::unix_ms now) const;
    // A call is made now. Returns its note.
    std::string spend(core::unix_ms now);
    // The provider wants no call before `until`. Returns its note.
    std::string hold(core::unix_ms until, core::unix_ms now);

    // Notes of an earlier process, oldest first. What is no note is skipped.
    void restore(std::string_view note, core::unix_ms now);
    // What is still of use, as notes.
    std::vector<std::string> notes(core::unix_ms now) const;

    // Calls of the last minute, hour and day.
    std::array<std::size_t, 3> used(core::unix_ms now) const;

private:
    std::size_t used_since(core::unix_ms since) const;
    void forget(core::unix_ms now);

    quota_limits limits_;
    std::deque<core::unix_ms> calls_;  // sorted
    core::unix_ms held_until_ = 0;
};

}  // namespace tiktok2twitch::tiktok
