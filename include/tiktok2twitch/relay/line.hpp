// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::relay {

using route_id = std::uint32_t;      // one [[route]] of this process
using event_ticket = std::uint64_t;  // one (event, route) pair on the sending side

// What one event says in one channel: label + body is the whole line ("[TikTok] " + "Ann: hi").
// Clean UTF-8 without control characters. When several parts share a line the label is said once.
struct line_part {
    event_ticket ticket = 0;
    route_id route = 0;
    std::string label;
    std::string body;
    std::int64_t author_id = 0;
    core::time_point received_at{};
    // What folding needs: who, what, and core::fold_key of it (empty: never folded).
    std::string name;
    std::string text;
    std::string fold_key;
    std::uint8_t priority = 0;  // higher goes first when not all can go
    std::size_t people = 1;     // how many said it, once folded
    bool paid = false;          // somebody paid for it: waits longer, is given up last (relay/priority.hpp)
};

// Where an event ended. `pending` is no outcome: it is counted from the containers that hold the event.
enum class outcome : std::uint8_t { relayed, folded, filtered, dropped };

struct settlement {
    event_ticket ticket = 0;
    route_id route = 0;
    outcome result = outcome::dropped;
    std::string reason;  // empty for relayed; else a name such as "expired" or "refused_msg_banned"
};

}  // namespace tiktok2twitch::relay
