// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A file of text lines that is only ever appended to, and rewritten as a whole when it has grown. A process
// killed at any moment loses at most the line being written. Not thread-safe.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::tiktok {

class record_file {
public:
    // Of a larger file, which was not written by us alone, only the end is read.
    static constexpr std::uint64_t max_read_bytes = 16 * 1024 * 1024;

    // Opens or creates it (0600). The directory must exist. Errors: the system's.
    static core::result<record_file> open(std::string path);

    record_file(record_file&& other) noexcept;
    record_file& operator=(record_file&& other) noexcept;
    ~record_file();

    // What is in it up to the last line feed; a torn last line is cut off, so that the next one stands alone.
    core::result<std::string> load();
    // The same without touching the file.
    core::result<std::string> read() const;

    // One write(2), not synced: it survives the process, not a power cut. `lines` ends with a line feed.
    // After an error (disk full) the file is as before and later calls may succeed.
    core::error_code append(std::string_view lines);
    // The whole new text is on the disk before it takes the old one's place.
    core::error_code replace(std::string_view text);

    const std::string& path() const noexcept { return path_; }
    std::uint64_t size() const noexcept { return size_; }  // bytes, up to the end of the last whole line

private:
    explicit record_file(std::string path) : path_(std::move(path)) {}
    void close_file() noexcept;

    std::string path_;
    int file_ = -1;
    std::uint64_t size_ = 0;
};

}  // namespace tiktok2twitch::tiktok
