// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What is on disk about the messages of one TikTok account, and which of the account's routes are done with
// each: said, or settled otherwise. Pure; one text for each record:
//
//     w CHANNEL ...          the routes from here on, by their channels; the masks below mean these
//     i ID SECONDS MASK      these routes (hexadecimal, bit 0 is the first) are done with the message
//     a ROOM MILLISECONDS    the room was alive
//     f MILLISECONDS         newest creation time of history that was deliberately not relayed
//
// A route that is new begins with what the others have done: what is known by then is no news for it. Routes
// beyond the 63rd of one TikTok account share a bit. SECONDS are the wall clock's.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::tiktok {

using route_mask = std::uint64_t;
inline constexpr route_mask every_route = ~route_mask{0};  // those to come as well
inline constexpr std::size_t most_route_bits = 64;
route_mask route_bit(std::size_t index) noexcept;

struct seen_notes {
    // Ids are kept for 20 minutes (docs/protocol/tiktok.md §5.2 asks for 15), and so many of the newest
    // however old they are: a quiet room replays the comments of hours ago.
    static constexpr std::int64_t kept_seconds = 20 * 60;
    static constexpr std::size_t kept_always = 4096;
    static constexpr std::size_t most_ids = 262'144;

    struct seen {
        std::int64_t id = 0;
        std::int64_t at = 0;  // unix seconds
        route_mask done = 0;
        bool operator==(const seen&) const = default;
    };
    std::vector<std::string> routes;
    std::vector<seen> ids;     // each once, in the order of their first record
    std::int64_t room_id = 0;  // last alive mark; 0: none
    core::unix_ms alive_at = 0;
    core::unix_ms floor = 0;

    // The routes in force from now on.
    void use(const std::vector<std::string>& channels);
};

std::string routes_note(const std::vector<std::string>& channels);
std::string seen_note(std::int64_t id, core::unix_ms now, route_mask done);
std::string alive_note(std::int64_t room_id, core::unix_ms at);
std::string floor_note(core::unix_ms floor);

// Any texts: those that are none of the above are skipped.
seen_notes parse_seen_notes(std::span<const std::string_view> texts);
// The same in as few texts as needed, without what has become too old.
std::vector<std::string> compact_seen_notes(const seen_notes& notes, core::unix_ms now);

// A journal of program 0.1.0 (seen-USER.log: "i ID", "a ROOM TIME", "f TIME", a line each), as if every route
// was done with its messages just now.
seen_notes parse_old_journal(std::string_view text, core::unix_ms now);

}  // namespace tiktok2twitch::tiktok
