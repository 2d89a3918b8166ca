// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/event.hpp"

#include "tiktok2twitch/relay/event_options.hpp"

namespace tiktok2twitch::relay {

std::string_view name_of(event_kind kind) noexcept {
    constexpr std::array<std::string_view, event_kinds> names{
        "chat", "sticker", "question", "gift",    "follow",     "share",      "subscribe",
        "like", "join",    "envelope", "viewers", "live_start", "live_pause", "live_end"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(priority_class which) noexcept {
    constexpr std::array<std::string_view, priority_classes> names{
        "streamer", "moderator", "gift",  "subscribe", "question", "mention",
        "chat",     "follow",    "share", "room",      "like",     "join"};
    return names[static_cast<std::size_t>(which)];
}

}  // namespace tiktok2twitch::relay
