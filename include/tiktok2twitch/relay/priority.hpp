// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Who and what is heard first when not everything can be. Pure.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/event_options.hpp"

namespace tiktok2twitch::relay {

// All classes, first first: what relay.order says unless it is set.
std::vector<priority_class> default_order();

// `streamer`: unique id of the room's owner, lower case. A comment that has "@streamer" in it is a mention.
priority_class class_of(const event& event, std::string_view streamer);

// Higher goes first; 0 for a class that `order` does not name.
std::uint8_t priority_of(priority_class which, std::span<const priority_class> order) noexcept;

// Kinds that are somebody's words; the others have no text of their own.
constexpr bool is_comment(event_kind kind) noexcept {
    return kind == event_kind::chat || kind == event_kind::emote_chat || kind == event_kind::question;
}

// Gifts and subscriptions cost somebody money: they wait longer than chat (relay.gift_max_age) and are the
// last to be given up when the backlog is full, wherever `order` puts them.
bool is_paid(event_kind kind) noexcept;

}  // namespace tiktok2twitch::relay
