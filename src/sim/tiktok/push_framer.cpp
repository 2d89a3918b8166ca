// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/sim/wire_writer.hpp"

#include <zlib.h>

#include <array>
#include <stdexcept>

namespace tiktok2twitch::sim {

namespace {

constexpr unsigned varint_type = 0;
constexpr unsigned fixed64_type = 1;
constexpr unsigned length_type = 2;
constexpr unsigned fixed32_type = 5;

bool take_varint(std::string_view& bytes, std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 70; shift += 7) {
        if (bytes.empty()) {
            return false;
        }
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        if (shift < 64) {
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        }
        if ((byte & 0x80U) == 0) {
            return true;
        }
    }
    return false;
}

}  // namespace

void wire_writer::varint(std::uint64_t value) {
    while (value >= 0x80) {
        bytes_.push_back(static_cast<char>((value & 0x7F) | 0x80));
        value >>= 7;
    }
    bytes_.push_back(static_cast<char>(value));
}

wire_writer& wire_writer::number(unsigned field, std::uint64_t value) {
    varint(std::uint64_t{field} << 3 | varint_type);
    varint(value);
    return *this;
}

wire_writer& wire_writer::text(unsigned field, std::string_view bytes) {
    varint(std::uint64_t{field} << 3 | length_type);
    varint(bytes.size());
    bytes_.append(bytes);
    return *this;
}

std::optional<std::vector<wire_field>> read_wire(std::string_view bytes) {
    std::vector<wire_field> fields;
    while (!bytes.empty()) {
        std::uint64_t key = 0;
        if (!take_varint(bytes, key) || key >> 3 == 0 || key >> 32 != 0) {
            return std::nullopt;
        }
        wire_field field;
        field.number = static_cast<unsigned>(key >> 3);
        field.type = static_cast<unsigned>(key & 7);
        std::uint64_t length = 0;
        switch (field.type) {
            case varint_type:
                if (!take_varint(bytes, field.value)) {
                    return std::nullopt;
                }
                break;
            case length_type:
                if (!take_varint(bytes, length)) {
                    return std::nullopt;
                }
                break;
            case fixed64_type:
                length = 8;
                break;
            case fixed32_type:
                length = 4;
                break;
            default:
                return std::nullopt;
        }
        if (length > bytes.size()) {
            return std::nullopt;
        }
        field.bytes = bytes.substr(0, length);
        bytes.remove_prefix(length);
        fields.push_back(field);
    }
    return fields;
}

std::uint64_t wire_number(const std::vector<wire_field>& fields, unsigned number) noexcept {
    std::uint64_t value = 0;
    for (const wire_field& field : fields) {
        if (field.number == number && field.type == varint_type) {
            value = field.value;
        }
    }
    return value;
}

std::string_view wire_text(const std::vector<wire_field>& fields, unsigned number) noexcept {
    std::string_view value;
    for (const wire_field& field : fields) {
        if (field.number == number && field.type == length_type) {
            value = field.bytes;
        }
    }
    return value;
}

std::string gzip(std::string_view bytes) {
    z_stream stream{};
    constexpr int gzip_window_bits = 15 + 16;
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window_bits, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        throw std::runtime_error("deflateInit2 failed");
    }
    std::string input(bytes);
    std::string out;
    std::array<char, 16 * 1024> chunk;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    for (const int flush : {Z_SYNC_FLUSH, Z_FINISH}) {
        int status = Z_OK;
        do {
            stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
            stream.avail_out = static_cast<uInt>(chunk.size());
            status = deflate(&stream, flush);
            out.append(chunk.data(), chunk.size() - stream.avail_out);
        } while (stream.avail_out == 0 && status == Z_OK);
    }
    deflateEnd(&stream);
    return out;
}

}  // namespace tiktok2twitch::sim
