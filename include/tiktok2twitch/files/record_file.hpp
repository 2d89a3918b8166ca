// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A state file of records (record_text.hpp) that is appended to, and rewritten as a whole when it has grown.
// Opened for each write: a thousand rooms hold no descriptor, and a file that was removed is begun anew. A
// process killed at any moment loses at most the record being written; nothing is synced but what replaces a
// file. Blocking, for one thread at a time and one process: the caller holds the account's lock.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "files/record_text.hpp"
#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::files {

// The records that are to stay, each appended with append_record(), of those that are there.
using record_compactor = std::function<std::string(const std::vector<std::string_view>& texts)>;

class record_file {
public:
    // Of a larger file, which was not written by us alone, only the end is read.
    static constexpr std::uint64_t most_read = std::uint64_t{16} * 1024 * 1024;
    // Rewritten when it has grown by so much since it was rewritten last.
    static constexpr std::uint64_t compact_after = std::uint64_t{1} * 1024 * 1024;

    record_file(std::string path, record_kind kind, record_compactor compact)
        : path_(std::move(path)), kind_(kind), compact_(std::move(compact)) {}

    struct contents {
        bool exists = false;
        std::string bytes;
        record_contents records;  // parts of `bytes`
    };
    // What is whole in it. Mended when something was spoiled: then the records are what it holds from now on.
    // `other_kind` and damage that leaves nothing are mended the same way. A newer one is never touched, not
    // by append() either. Errors are the system's; append() may succeed later.
    core::result<contents> load();

    // `records` were made with append_record(). After an error (disk full) the file is as before.
    core::error_code append(std::string_view records);
    core::error_code compact();

    const std::string& path() const noexcept { return path_; }

private:
    core::error_code replace(std::string_view records);

    std::string path_;
    record_kind kind_;
    record_compactor compact_;
    std::uint64_t compact_at_ = compact_after;
    bool newer_ = false;
};

}  // namespace tiktok2twitch::files
