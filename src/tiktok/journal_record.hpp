// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The lines of a message journal: "i ID", "a ROOM TIME", "f TIME", each with its line feed.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::tiktok {

std::string seen_record(std::int64_t msg_id);
std::string alive_record(std::int64_t room_id, core::unix_ms at);
std::string floor_record(core::unix_ms floor);

// What the lines say, all together.
struct journal_content {
    std::vector<std::int64_t> ids;  // in the order of writing, repeats included
    std::int64_t room_id = 0;       // last alive mark; 0 = none
    core::unix_ms alive_at = 0;
    core::unix_ms floor = 0;      // the highest
    std::size_t records = 0;      // lines understood
    std::size_t whole_bytes = 0;  // up to and with the last line feed
};

// Any bytes: lines that are no records are skipped, and so is what comes after the last line feed.
journal_content parse_journal(std::string_view bytes);

// The same content in as few records as a memory of `max_ids` needs.
std::string compact_journal(const journal_content& content, std::size_t max_ids);

}  // namespace tiktok2twitch::tiktok
