// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The clocks of what is not pure. core::time_point counts a machine's sleep (CLOCK_BOOTTIME): a message that
// waited while a laptop was shut is as old as it is for people, and so is a line that Twitch has counted.
// Asio's timers do not count it, and are told by deadline_of(); a sleep makes them late, and whoever wakes
// looks at now() first.

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::net {

core::time_point now() noexcept;
struct clock {
    static core::time_point now() noexcept { return net::now(); }
};
core::unix_ms wall_now() noexcept;
// As Asio's timers count: without a machine's sleep.
core::time_point timer_now() noexcept;

// How long the machine has slept since its boot.
core::duration slept() noexcept;
// For a steady timer. time_point::max() and min() stay what they are.
core::time_point deadline_of(core::time_point at) noexcept;

}  // namespace tiktok2twitch::net
