// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::relay {

enum class event_kind : std::uint8_t {
    chat,        // a comment
    emote_chat,  // a sticker sent on its own
    question,    // asked through TikTok's question box
    gift,        // one gift, or one frame of a streak; a whole streak once relay::room_story has folded it
    follow,
    share,
    subscribe,
    like,  // a handful of likes; a milestone once relay::room_story has counted it
    join,
    envelope,  // a treasure box of coins for those who watch
    viewers,   // how many watch now
    live_start,
    live_pause,
    live_end,
};
inline constexpr std::size_t event_kinds = 14;

// The name in the configuration: "chat", "sticker", "gift", "live_start" ...
std::string_view name_of(event_kind kind) noexcept;

// Who wrote it. Texts are raw bytes from the wire; relay::formatter cleans them.
struct author {
    std::int64_t id = 0;    // permanent account number
    std::string unique_id;  // the @handle
    std::string nickname;   // free text, may be empty, may imitate others
    bool streamer = false;
    bool moderator = false;
    bool subscriber = false;
    bool new_follower = false;  // since we watch this live; room_story knows
    int gifter_level = 0;
    int fan_club_level = 0;
};

struct gift {
    std::int64_t id = 0;
    std::string name;         // raw bytes; repeats on the wire may lack it, room_story remembers it
    std::int64_t coins = 0;   // the price of one; 0 = unknown
    std::int64_t count = 1;   // running total of the streak (tiktok.md 5.1)
    std::int64_t streak = 0;  // the wire's group_id
    bool streakable = false;  // more frames of the same streak may follow
    bool ended = true;        // the last frame of a streak, or no streak at all
    // Of a streak that room_story closed: what to note once it was said, so that the next process does not
    // say it again. Empty: nothing.
    std::string told{};
    // Of a streak that room_story closed: how many of it came out before; `count` is the rest of it.
    std::int64_t before = 0;

    std::int64_t value() const noexcept { return value_of(count); }
    // The largest number when it is none: both factors come from the wire.
    std::int64_t value_of(std::int64_t how_many) const noexcept {
        std::int64_t product = 0;
        const bool overflow = __builtin_mul_overflow(coins, how_many, &product);
        return overflow ? std::numeric_limits<std::int64_t>::max() : product;
    }
};

// Something that happened in a room and that the relay may say. Owns its strings; no wire types inside.
struct event {
    event_kind kind = event_kind::chat;
    std::int64_t msg_id = 0;
    author from;
    std::string text;                   // raw bytes; a sticker comment has none
    core::unix_ms created_at = 0;       // TikTok's clock; 0 = unknown
    core::time_point received_at{};     // our clock, when the frame was decoded
    std::string language{};             // of a comment, as TikTok guessed it: "en"; may be empty
    std::optional<relay::gift> gift{};  // kind gift
    // like: likes of this message, or since the milestone before; envelope: coins in it; subscribe: months
    std::int64_t count = 0;
    // What the room counts. On the wire only in like and viewers events; room_story stamps both on every
    // event. 0 = unknown.
    std::int64_t total_likes = 0;
    std::int64_t viewers = 0;
};

// One event in many hands: every route, line and list that has it has the same one.
using shared_event = std::shared_ptr<const event>;

}  // namespace tiktok2twitch::relay
