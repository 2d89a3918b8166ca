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
#include <string>
#include <string_view>
#include <vector>

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

// JSON as the text of a record: '#' is in its strings only, and line feeds are between values only.
std::string json_record(std::string_view json);

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

}  // namespace tiktok2twitch::files
