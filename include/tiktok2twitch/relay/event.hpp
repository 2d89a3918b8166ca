// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"

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
    std::int64_t count = 1;   // running total of the streak (docs/protocol/tiktok.md §5.1)
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

// What the streamer wants to hear of each kind of event: [event.*] of the configuration, checked.

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

// Who and what is heard first when not everything can be. Pure.

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

// event.*.per_minute: at most so many lines of a kind in any 60 seconds. Pure; one object per route.

class kind_limits {
public:
    static constexpr auto window = std::chrono::minutes(1);

    // True when one more of `kind` may be said now, and then it counts. `per_minute` 0: no limit.
    bool take(event_kind kind, std::size_t per_minute, core::time_point now);

private:
    std::array<std::deque<core::time_point>, event_kinds> said_;  // at most per_minute each
};

}  // namespace tiktok2twitch::relay
