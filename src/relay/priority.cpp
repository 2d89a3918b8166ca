// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/priority.hpp"

#include <algorithm>
#include <string>

#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay {
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

}  // namespace tiktok2twitch::relay
