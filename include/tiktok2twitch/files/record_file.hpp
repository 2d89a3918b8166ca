// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The bytes of a state file of records. Pure: bytes in, records out.
//
//     #CHECKSUM tiktok2twitch KIND VERSION        the first record
//     #CHECKSUM text                              one record each
//
// The checksum is the CRC-32 of the text, in eight hexadecimal digits. A record begins with '#' and ends with
// a line feed; its text has neither. So whatever was cut off, zeroed or overwritten costs the records it
// touched and no other, and what is appended after it stands alone.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::files {

// What a file holds, and the newest version of it that this program knows.
struct record_kind {
    std::string_view name;
    unsigned version = 1;
};

std::string record_header(const record_kind& kind);

// JSON as the text of a record: on one line, and without '#'.
std::string json_record(std::string_view json);

// Appended to `out`. A text that cannot be a record is left out, and false.
bool append_record(std::string& out, std::string_view text);

struct record_contents {
    std::vector<std::string_view> texts;  // of the whole records, parts of the bytes that were read
    std::size_t spoiled = 0;              // bytes that belong to no whole record
    bool newer = false;                   // of a later version: nothing was read
    bool other_kind = false;              // a whole file of something else: nothing was read
    bool headless = false;                // its first record is missing or spoiled
    bool sound() const noexcept { return spoiled == 0 && !headless; }
};

// An empty file is sound and has no records.
record_contents read_records(std::string_view bytes, const record_kind& kind);

// A state file of records (record_text.hpp) that is appended to, and rewritten as a whole when it has grown.
// Opened for each write: a thousand rooms hold no descriptor, and a file that was removed is begun anew. A
// process killed at any moment loses at most the record being written; nothing is synced but what replaces a
// file. Blocking, for one thread at a time and one process: the caller holds the account's lock.

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
