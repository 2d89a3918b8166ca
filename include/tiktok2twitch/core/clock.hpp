// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

namespace tiktok2twitch::core {

// Deadlines and limits use the monotonic clock; pure code gets it as an argument called `now`.
using time_point = std::chrono::steady_clock::time_point;
using duration = std::chrono::steady_clock::duration;

// Wall clock in unix milliseconds: for display, and for what other machines or an earlier process stamped.
using unix_ms = std::int64_t;

}  // namespace tiktok2twitch::core
