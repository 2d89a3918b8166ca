// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tiktok2twitch::net {

// Bytes in, lines out. A line ends with LF; one CR before it belongs to the end. Empty lines are left
// out, NUL is kept, a line of more than `max_line` bytes is skipped up to its end and counted.
// Call next() until it is empty after each feed(): then no more than `max_line` bytes are held.
class line_splitter {
public:
    explicit line_splitter(std::size_t max_line) : max_line_(max_line) {}

    void feed(std::string_view bytes);
    std::optional<std::string> next();

    std::uint64_t skipped() const noexcept { return skipped_; }
    std::size_t held() const noexcept { return pending_.size(); }

private:
    void drop_unfinished();

    std::size_t max_line_;
    std::string pending_;
    std::size_t start_ = 0;    // of the line that is looked for
    std::size_t scanned_ = 0;  // no LF before this
    bool skipping_ = false;    // inside a line that was too long
    std::uint64_t skipped_ = 0;
};

}  // namespace tiktok2twitch::net
