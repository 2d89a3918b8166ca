// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "tiktok2twitch/app/config/config.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/egress/routes.hpp"

namespace tiktok2twitch::app {

// Of a route from this room. `settings` was checked by load_config, so that templates parse and filters
// compile; throws std::logic_error when they do not.
egress::route_policy make_policy(const config& settings, std::string_view room,
                                 const event_set& wanted = every_event);

// Says in `hint` what is wrong with the filters, if anything.
core::error_code check_filters(const config& settings, std::string* hint);

}  // namespace tiktok2twitch::app
