// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::app {

// The clocks of the egress loop's shell; what decides gets the result as an argument.
inline core::time_point steady_now() {
    return std::chrono::steady_clock::now();
}

inline core::unix_ms wall_now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

}  // namespace tiktok2twitch::app
