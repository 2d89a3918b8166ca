// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/sim/tiktok/push_framer.hpp"

#include <array>
#include <stdexcept>

#include <zlib.h>

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

namespace {

constexpr std::uint64_t service_number = 8888;
constexpr std::uint64_t method_number = 8;
constexpr std::uint64_t fetch_interval_ms = 1000;
constexpr std::uint64_t heartbeat_seconds = 15;  // what the real server says, whatever it means

wire_writer header(std::string_view key, std::string_view value) {
    wire_writer entry;
    entry.text(1, key).text(2, value);
    return entry;
}

std::string cursor(core::unix_ms now, std::int64_t msg_id) {
    return std::to_string(now) + "_" + std::to_string(msg_id) + "_1_1_0_0";
}

}  // namespace

std::string push_framer::frame(std::string_view type, const std::vector<room_message>& messages,
                               core::unix_ms now) {
    const bool enter = type == "im_enter_room_resp";
    const std::string position = cursor(now, messages.empty() ? 1 : messages.back().msg_id);
    wire_writer response;
    // The order of the fields is arbitrary on the real wire, too (docs/protocol/tiktok.md §2.7).
    for (const room_message& message : messages) {
        response.text(1, message.encode());
    }
    response.text(2, position).number(8, heartbeat_seconds).number(3, fetch_interval_ms);
    response.number(4, now).text(5, "-");
    if (enter) {
        response.number(11, 1);
    } else {
        response.number(9, 1);
    }
    const bool compressed = gzip_ && (enter || response.bytes().size() >= compress_from);

    ++log_id_;
    ++sequence_;
    wire_writer out;
    out.number(1, sequence_).number(2, log_id_).number(3, service_number).number(4, method_number);
    if (enter) {
        out.message(5, header("with_sys_msg", "1"));
        out.message(5, header("im_register_log_id", std::to_string(log_id_)));
    }
    out.message(5, header("compress_type", compressed ? "gzip" : "none"));
    out.message(5, header("im_cursor", position));
    out.text(6, "pb").text(7, type);
    out.text(8, compressed ? gzip(response.bytes()) : response.bytes());
    return out.bytes();
}

std::string push_framer::enter_response(const std::vector<room_message>& messages, core::unix_ms now) {
    return frame("im_enter_room_resp", messages, now);
}

std::string push_framer::batch(const std::vector<room_message>& messages, core::unix_ms now) {
    return frame("msg", messages, now);
}

std::string push_framer::heartbeat_reply(core::unix_ms now) {
    ++heartbeats_;
    wire_writer out;
    out.number(1, heartbeats_).number(3, service_number).number(4, method_number);
    out.message(5, header("server_time", std::to_string(now)));
    out.message(5, header("compress_type", "gzip"));
    out.message(5, header("im_cursor", cursor(now, 1)));
    out.text(7, "hb").text(8, gzip({}));
    return out.bytes();
}

std::optional<client_frame> read_client_frame(std::string_view bytes) {
    const auto fields = read_wire(bytes);
    if (!fields) {
        return std::nullopt;
    }
    client_frame frame;
    frame.type = wire_text(*fields, 7);
    frame.log_id = wire_number(*fields, 2);
    frame.payload = wire_text(*fields, 8);
    frame.server_fields = wire_number(*fields, 3) != 0 || wire_number(*fields, 4) != 0;
    if (frame.type == "hb" || frame.type == "im_enter_room") {
        const auto inner = read_wire(frame.payload);
        if (!inner) {
            return std::nullopt;
        }
        frame.room_id = static_cast<std::int64_t>(wire_number(*inner, 1));
        if (frame.type == "hb") {
            frame.counter = static_cast<std::int64_t>(wire_number(*inner, 2));
        } else {
            frame.identity = wire_text(*inner, 5);
        }
    }
    return frame;
}

}  // namespace tiktok2twitch::sim
