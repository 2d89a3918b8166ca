// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Recordings of what came over the sockets: JSON Lines, one object a message.
//
//     {"t": ms, "way": "direct", "room": "user", "b64": "frame"}    binary
//     {"t": ms, "text": "{...}"}                                    text
//
// "way" and "room" stand where they change, and hold for the lines after it; both may be missing. The older
// binary form is frames with a u32 little-endian length before each. A file may be gzipped, in pieces too.
// Pure: takes the file's bytes.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

namespace tiktok2twitch::tiktok {

struct recorded_frame {
    std::int64_t t = 0;  // ms since the start; 0 in the binary form, which has no times
    std::string frame;
    bool text = false;   // a text frame, of the ways that bring JSON
    std::string way{};   // "direct", "tikfinity" ...; empty: not told
    std::string room{};  // the TikTok user; empty: not told
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

// Reads the lines one by one, as they come. After a problem the next line may be read.
class recording_reader {
public:
    // Nothing: a blank line.
    boost::system::result<std::optional<recorded_frame>, recording_problem> read(std::string_view line);

private:
    std::size_t number_ = 0;
    std::string way_;
    std::string room_;
};

// Makes the lines.
class recording_writer {
public:
    // With its line feed. Of bytes that are no text in a text frame, each becomes U+FFFD.
    std::string line(const recorded_frame& frame);
    // Another file begins: its first line names way and room again.
    void begin_file() noexcept {
        way_.clear();
        room_.clear();
    }

private:
    std::string way_;
    std::string room_;
};

}  // namespace tiktok2twitch::tiktok
