// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Reads lines from a descriptor that may keep a reader waiting (a pipe, a terminal, a file), on a thread of
// its own. Who takes the lines says so with taken(): only so many are on their way at a time, and a writer
// that is faster waits, as in any pipe.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::files {

class line_source {
public:
    static constexpr std::size_t most_on_their_way = 64;
    // The longest line of a recording: 16 MiB in base64.
    static constexpr std::size_t longest_line = std::size_t{23} * 1024 * 1024;

    struct handlers {
        // Without its line feed. A line that is too long comes empty, with `whole` false.
        std::function<void(std::string line, bool whole)> on_line;
        std::function<void(core::error_code why)> on_end;  // no error: the end of the input
    };
    // The handlers are called on the thread, and only bring the call to the owner's.
    line_source(int descriptor, handlers callbacks);
    ~line_source();  // no handler is called any more
    line_source(const line_source&) = delete;
    line_source& operator=(const line_source&) = delete;

    // Once for each on_line. Any thread.
    void taken();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::files
