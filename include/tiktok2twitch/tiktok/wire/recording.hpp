// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Reads recordings of the socket's inbound messages: JSON Lines {"t": ms, "b64": "frame"}, or frames with a
// u32 little-endian length before each; either may be gzipped. Pure: takes the file's bytes.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

namespace tiktok2twitch::tiktok {

struct recorded_frame {
    std::int64_t t = 0;  // ms since the start; 0 in the binary form, which has no times
    std::string frame;
};

// Where a recording is broken, and how. One of line and offset is set.
struct recording_problem {
    std::string what;
    std::size_t line = 0;    // from 1; 0 = not a matter of a line
    std::size_t offset = 0;  // of the record in the (inflated) bytes

    std::string text() const;  // "line 12: not base64"
};

// Longer than any live; a larger number is a wall clock, not a time since the start.
inline constexpr std::int64_t max_recorded_ms = 7LL * 24 * 60 * 60 * 1000;
inline constexpr std::size_t max_recording_bytes = 512 * 1024 * 1024;  // after inflating
// Largest cap of any client (docs/protocol/tiktok.md §2.8)
inline constexpr std::size_t max_recorded_frame_bytes = 16 * 1024 * 1024;

boost::system::result<std::vector<recorded_frame>, recording_problem> parse_recording(
    std::string_view bytes, std::size_t max_bytes = max_recording_bytes);

}  // namespace tiktok2twitch::tiktok
