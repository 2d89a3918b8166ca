// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "tiktok2twitch/app/config/policy.hpp"

namespace tiktok2twitch::test {

// The defaults: what a route does when nothing is configured.
inline egress::route_policy policy(const std::string& room,
                                   const app::config& settings = app::default_config()) {
    return app::make_policy(settings, room);
}

}  // namespace tiktok2twitch::test
