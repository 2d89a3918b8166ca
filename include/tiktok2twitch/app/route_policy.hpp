// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What a route carries, lets through and says: the configuration, made ready for one route.

#include <string>
#include <string_view>

#include "tiktok2twitch/app/config.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/relay/emoji_codes.hpp"
#include "tiktok2twitch/relay/event_options.hpp"
#include "tiktok2twitch/relay/formatter.hpp"
#include "tiktok2twitch/relay/filter/message_filter.hpp"

namespace tiktok2twitch::app {

struct route_policy {
    event_set carries;  // enabled kinds that this route wants
    relay::event_options events;
    relay::formatter formatter;
    relay::message_filter filter;
    relay::emoji_table emoji;  // what bracket codes say, put in before the filter looks at the text
};

// Of a route from this room. `settings` was checked by load_config, so that templates parse and filters
// compile; throws std::logic_error when they do not.
route_policy make_policy(const config& settings, std::string_view room,
                         const event_set& wanted = every_event);

// Says in `hint` what is wrong with the filters, if anything.
core::error_code check_filters(const config& settings, std::string* hint);

}  // namespace tiktok2twitch::app
