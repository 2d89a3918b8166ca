// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <bitset>

#include "tiktok2twitch/relay/emoji_codes.hpp"
#include "tiktok2twitch/relay/event_options.hpp"
#include "tiktok2twitch/relay/formatter.hpp"
#include "tiktok2twitch/relay/message_filter.hpp"

namespace tiktok2twitch::egress {

// What a route carries, lets through and says: the configuration, made ready for one route.
struct route_policy {
    std::bitset<relay::event_kinds> carries;  // enabled kinds that this route wants, by event_kind
    relay::event_options events;
    relay::formatter formatter;
    relay::message_filter filter;
    relay::emoji_table emoji;  // what bracket codes say, put in before the filter looks at the text
};

}  // namespace tiktok2twitch::egress
