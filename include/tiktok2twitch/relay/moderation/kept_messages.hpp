// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What is held back, as a text that the next process reads: everything that has to be known to say it later,
// and the numbers given so far. Pure. Times are the wall clock's, in Unix milliseconds.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::relay {

struct kept_message {
    std::uint64_t number = 0;  // what moderators call it; 0: time alone releases it
    std::string tiktok;
    std::string channel;
    core::unix_ms until = 0;
    std::string held_for;              // the reason
    std::vector<std::string> changes;  // what for, as counted
    std::string author;                // the handle; that of `said` may have been masked
    bool again = false;                // it was said before, on a line that is gone
    shared_event said;                 // as the filter let it through; without received_at
};

struct kept_messages {
    std::uint64_t last_number = 0;  // none above it was ever given
    core::unix_ms at = 0;           // when it was written
    std::vector<kept_message> held;
};

// Far above what 2,000 held messages take.
inline constexpr std::size_t largest_kept = std::size_t{16} * 1024 * 1024;

std::string text_of(const kept_messages& kept);
// Nothing: it is damaged, or of another version.
std::optional<kept_messages> parse_kept(std::string_view text);

}  // namespace tiktok2twitch::relay
