// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/event.hpp"

#include <algorithm>
#include <string>

#include "tiktok2twitch/core/text.hpp"

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

namespace {

priority_class class_of_comment(const event& event, std::string_view streamer) {
    if (event.from.streamer)
        return priority_class::streamer;
    if (event.from.moderator)
        return priority_class::moderator;
    if (streamer.empty() || event.text.find('@') == std::string::npos)
        return priority_class::chat;
    const auto text = core::fold_case(core::repair_utf8(event.text));
    return text.find("@" + std::string(streamer)) == std::string::npos ? priority_class::chat
                                                                       : priority_class::mention;
}

}  // namespace

std::vector<priority_class> default_order() {
    std::vector<priority_class> order;
    for (std::size_t i = 0; i < priority_classes; ++i)
        order.push_back(static_cast<priority_class>(i));
    return order;
}

priority_class class_of(const event& event, std::string_view streamer) {
    switch (event.kind) {
        case event_kind::chat:
        case event_kind::emote_chat:
            return class_of_comment(event, streamer);
        case event_kind::question:
            return priority_class::question;
        case event_kind::gift:
            return priority_class::gift;
        case event_kind::subscribe:
            return priority_class::subscribe;
        case event_kind::follow:
            return priority_class::follow;
        case event_kind::share:
            return priority_class::share;
        case event_kind::like:
            return priority_class::like;
        case event_kind::join:
            return priority_class::join;
        case event_kind::envelope:
        case event_kind::viewers:
        case event_kind::live_start:
        case event_kind::live_pause:
        case event_kind::live_end:
            return priority_class::room;
    }
    return priority_class::chat;
}

std::uint8_t priority_of(priority_class which, std::span<const priority_class> order) noexcept {
    const auto found = std::find(order.begin(), order.end(), which);
    return static_cast<std::uint8_t>(order.end() - found);
}

bool is_paid(event_kind kind) noexcept {
    return kind == event_kind::gift || kind == event_kind::subscribe;
}

bool kind_limits::take(event_kind kind, std::size_t per_minute, core::time_point now) {
    auto& said = said_[static_cast<std::size_t>(kind)];
    while (!said.empty() && said.front() + window <= now)
        said.pop_front();
    if (per_minute == 0) {
        said.clear();
        return true;
    }
    if (said.size() >= per_minute)
        return false;
    said.push_back(now);
    return true;
}

}  // namespace tiktok2twitch::relay
