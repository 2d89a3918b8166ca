// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/net/clock.hpp"

namespace tiktok2twitch::app {

// The clocks of the egress loop's shell; what decides gets the result as an argument.
inline core::time_point steady_now() {
    return net::now();
}

inline core::unix_ms wall_now() {
    return net::wall_now();
}

}  // namespace tiktok2twitch::app
