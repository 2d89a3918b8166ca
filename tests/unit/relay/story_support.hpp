// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Events as a room's socket brings them.

#include <string>

#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::relay::testing {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// An arbitrary start of the monotonic clock.
inline const core::time_point t0 = core::time_point{} + std::chrono::hours(1000);

struct frame {
    std::int64_t user = 1;
    std::int64_t gift = 5655;
    std::int64_t group = 100;
    std::int64_t count = 1;
    bool end = false;
    bool with_block = true;
    std::int64_t msg_id = 0;
    core::unix_ms created_at = 0;
};

// A frame of a streak of roses, 1 coin each; other gifts cost their id.
inline event streak_frame(const frame& what, core::time_point at) {
    event out;
    out.kind = event_kind::gift;
    out.msg_id = what.msg_id;
    out.created_at = what.created_at;
    out.from.id = what.user;
    out.received_at = at;
    gift& given = out.gift.emplace();
    given.id = what.gift;
    if (what.with_block) {
        given.name = what.gift == 5655 ? "Rose" : "Gift " + std::to_string(what.gift);
        given.coins = what.gift == 5655 ? 1 : what.gift;
    }
    given.count = what.count;
    given.streak = what.group;
    given.streakable = true;
    given.ended = what.end;
    return out;
}

inline event single_gift(std::int64_t user, std::int64_t id, std::int64_t coins) {
    event out = streak_frame({user, id, 0, 1, true}, t0);
    out.gift->coins = coins;
    out.gift->streakable = false;
    return out;
}

inline event likes(std::int64_t total, std::int64_t msg_id = 0) {
    event out;
    out.kind = event_kind::like;
    out.msg_id = msg_id;
    out.count = 15;
    out.total_likes = total;
    return out;
}

inline event viewers(std::int64_t count) {
    event out;
    out.kind = event_kind::viewers;
    out.viewers = count;
    return out;
}

inline event of_kind(event_kind kind, std::int64_t user = 1) {
    event out;
    out.kind = kind;
    out.from.id = user;
    return out;
}

}  // namespace tiktok2twitch::relay::testing
