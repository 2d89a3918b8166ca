// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/make_formatter.hpp"

#include <utility>

namespace tiktok2twitch::app {

relay::formatter make_formatter(const config& settings, std::string_view room) {
    relay::template_set layouts;
    for (std::size_t i = 0; i < relay::event_kinds; ++i) {
        const auto kind = static_cast<relay::event_kind>(i);
        layouts[i] =
            relay::parse_template(settings.events.of(kind).line_template, nullptr, relay::needs_of(kind))
                .value();
    }
    return {std::move(layouts), room, {.badges = settings.badges, .emoji = settings.emoji}};
}

}  // namespace tiktok2twitch::app
