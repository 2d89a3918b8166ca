// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What gift_streaks has to know of an earlier process, as lines of text that are only ever appended:
//
//     v 1                                    the first line
//     c TIME                                 our wall clock when the lines after it were written
//     g GIFT COINS STREAKABLE =NAME          a gift's name, price and type
//     s USER GIFT GROUP COUNT MSG_ID CREATED_AT ROLES GIFTER FAN_CLUB COINS =HANDLE =NICKNAME =GIFT
//                                            a streak has been seen up to COUNT
//     t USER GIFT GROUP COUNT BY_END CREATED_AT
//                                            it has been told up to COUNT: said, or settled otherwise
//
// A streak seen further than it was told is owed. The order of `s` and `t` lines does not matter, and a line
// that is lost, doubled or unreadable spoils no other.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/story/gift_streaks.hpp"

namespace tiktok2twitch::relay {

// `what.gift` must be set; its count is how far the streak was seen.
std::string seen_note(const streak_key& key, const event& what);
std::string told_note(const streak_key& key, const told_streak& told);
std::string gift_note(const gift& what);
std::string clock_note(core::unix_ms wall);

struct streak_notes {
    struct seen {
        streak_key key;
        event latest;             // as last seen; gift->streak is as it came, gift->count the largest
        core::unix_ms noted = 0;  // wall clock; 0: unknown
    };
    bool readable = true;     // false: of a version that this program does not know
    std::vector<gift> gifts;  // in the order of writing
    std::vector<seen> owed;   // not told, or not that far; in the order of their last line
    std::vector<std::pair<streak_key, told_streak>> told;  // in the order of their last line
};

// Any bytes: lines that are none of the above are skipped.
streak_notes parse_streak_notes(std::string_view text);

// The same in as few lines as needed: the newest `most` of each kind.
std::string compact_streak_notes(const streak_notes& notes, std::size_t most);

}  // namespace tiktok2twitch::relay
