// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A file of lines that is written for hours and stays within a bound: when it is full it becomes the older
// part of a new one (file_series.hpp), and the oldest part goes. Mode 0600. A path that ends in .gz is
// compressed, in whole gzip members of some seconds each: a process that is killed loses those seconds, and
// what is in the file can be read.
//
// Blocking, for one thread. Errors are the system's; after one the file is as before it, and the next line is
// tried anew.

#include <cstdint>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/files/posix_file.hpp"

namespace tiktok2twitch::files {

class rotating_file {
public:
    struct bounds {
        std::uint64_t bytes = std::uint64_t{64} * 1024 * 1024;  // of one part, before compression
        std::size_t older = 7;                                  // parts
    };

    rotating_file(std::string path, bounds limits) : path_(std::move(path)), limits_(limits) {}
    explicit rotating_file(std::string path) : rotating_file(std::move(path), bounds()) {}
    ~rotating_file() { flush(); }
    rotating_file(const rotating_file&) = delete;
    rotating_file& operator=(const rotating_file&) = delete;

    // Creates the file. One that is there already becomes an older part.
    core::error_code open();

    // Before each append(): whether a line of so many bytes goes to a new file, which was made then. An
    // error costs the line.
    core::result<bool> make_room(std::size_t bytes);
    // One line, with its line feed. An error costs it, and all that waited for the disk.
    core::error_code append(std::string_view line, core::time_point now);
    // What is held back for compression.
    core::error_code flush();

    std::uint64_t written() const noexcept { return written_; }  // lines on the disk
    std::uint64_t lost() const noexcept { return lost_; }
    const std::string& path() const noexcept { return path_; }

private:
    core::error_code put(std::string_view bytes, std::uint64_t lines);

    std::string path_;
    bounds limits_;
    descriptor file_{-1};
    std::uint64_t text_bytes_ = 0;  // of this part, before compression
    std::uint64_t size_ = 0;        // of the file
    std::string held_;              // not compressed yet
    std::uint64_t held_lines_ = 0;
    core::time_point held_since_{};
    std::uint64_t written_ = 0;
    std::uint64_t lost_ = 0;
};

}  // namespace tiktok2twitch::files
