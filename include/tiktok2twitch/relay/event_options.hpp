// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the streamer wants to hear of each kind of event: [event.*] of the configuration, checked.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::relay {

// Who and what is heard first when not everything can be: relay.order, first first. What the list does not
// name comes last, in this order.
enum class priority_class : std::uint8_t {
    streamer,   // comments of the streamer
    moderator,  // comments of the room's moderators
    gift,
    subscribe,
    question,
    mention,  // comments that name the streamer (@handle)
    chat,     // comments and stickers of everybody else
    follow,
    share,
    room,  // live, envelope, viewers
    like,
    join,
};
inline constexpr std::size_t priority_classes = 12;
std::string_view name_of(priority_class which) noexcept;

struct kind_options {
    bool enabled = false;
    // Known to parse (chat: relay.template); of stickers empty: the same as chat's.
    std::string line_template;
    // Lines of this kind in any 60 s; more are filtered as "kind_limit". 0: no limit.
    std::size_t per_minute = 0;
};

struct event_options {
    std::array<kind_options, event_kinds> kinds{};  // indexed by event_kind
    std::int64_t gift_min_coins = 1;                // value of the whole streak; below: "below_threshold"
    std::int64_t like_every = 1000;                 // a line at each multiple of so many likes
    std::vector<priority_class> order;              // a permutation of all classes

    const kind_options& of(event_kind kind) const noexcept { return kinds[static_cast<std::size_t>(kind)]; }
    kind_options& of(event_kind kind) noexcept { return kinds[static_cast<std::size_t>(kind)]; }
};

}  // namespace tiktok2twitch::relay
