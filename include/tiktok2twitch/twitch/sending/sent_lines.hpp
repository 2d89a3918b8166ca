// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The bytes of a send log: when the account last spoke. Pure: bytes in, times out.
//
// The file has a header and a ring of records, and then both again: whatever is cut off its end, zeroed or
// overwritten in one place, the other copy has. Each record has its number, from 1, and a checksum. Host byte
// order: a state directory does not travel.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::twitch {

struct sent_line {
    std::uint64_t sequence = 0;   // from 1
    std::uint64_t boot = 0;       // which boot the next time belongs to
    std::int64_t boot_clock = 0;  // ns
    core::unix_ms wall = 0;
    bool operator==(const sent_line&) const = default;
};

struct sent_lines {
    static constexpr std::uint32_t capacity = 512;  // many times what 32 s can hold (90)

    std::vector<sent_line> lines;  // that are whole, by their numbers
    bool mended = false;           // something was spoiled, or missing; all that is known is in `lines`
    // Records were lost that the copy did not have, and that may be newer than all others.
    bool unknown = false;
    bool newer = false;  // of a later version: nothing was read
};

sent_lines read_sent_lines(std::string_view file);
// A whole file, with those that fit.
std::string write_sent_lines(const std::vector<sent_line>& lines);

// What append() writes, and where: in both copies.
std::string sent_record(const sent_line& line);
std::size_t sent_record_at(std::uint64_t sequence, bool copy) noexcept;

// A send log of program 0.1.0, whose clock is CLOCK_MONOTONIC: `slept` is what the boot clock is ahead of it.
sent_lines read_old_send_log(std::string_view file, std::int64_t slept);

}  // namespace tiktok2twitch::twitch
