// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The simulator's own protobuf wire format: neither the generated classes nor the client's codec, so that
// a wrong field number cannot be wrong on both sides at once.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tiktok2twitch::sim {

// Fields are written in the order of the calls, zeros and empty texts included.
class wire_writer {
public:
    wire_writer& number(unsigned field, std::uint64_t value);
    wire_writer& number(unsigned field, std::int64_t value) {
        return number(field, static_cast<std::uint64_t>(value));
    }
    wire_writer& number(unsigned field, int value) { return number(field, static_cast<std::int64_t>(value)); }
    wire_writer& text(unsigned field, std::string_view bytes);
    wire_writer& message(unsigned field, const wire_writer& inner) { return text(field, inner.bytes_); }

    const std::string& bytes() const noexcept { return bytes_; }

private:
    void varint(std::uint64_t value);

    std::string bytes_;
};

struct wire_field {
    unsigned number = 0;
    unsigned type = 0;        // 0 varint, 2 length-delimited; 1 and 5 are skipped over
    std::uint64_t value = 0;  // of a varint
    std::string_view bytes;   // points into the text that was read
};

// Nothing when the bytes are not a sequence of fields.
std::optional<std::vector<wire_field>> read_wire(std::string_view bytes);
// The last varint or text of that number, or 0 and empty.
std::uint64_t wire_number(const std::vector<wire_field>& fields, unsigned number) noexcept;
std::string_view wire_text(const std::vector<wire_field>& fields, unsigned number) noexcept;

// As the real server compresses: one flushed block, then an empty last one (tiktok.md 2.8).
std::string gzip(std::string_view bytes);

}  // namespace tiktok2twitch::sim
