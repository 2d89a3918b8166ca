// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::app {

// The clock of the egress loop's shell; what decides gets the result as an argument.
inline core::time_point steady_now() {
    return std::chrono::steady_clock::now();
}

}  // namespace tiktok2twitch::app
