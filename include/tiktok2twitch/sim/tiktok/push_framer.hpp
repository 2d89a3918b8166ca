// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The simulator's own protobuf wire format: neither the generated classes nor the client's codec, so that
// a wrong field number cannot be wrong on both sides at once.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/sim/tiktok/messages.hpp"

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

// As the real server compresses: one flushed block, then an empty last one (docs/protocol/tiktok.md §2.8).
std::string gzip(std::string_view bytes);

// Wraps messages in the push frames of one connection and numbers them (docs/protocol/tiktok.md §2.7, §4.2).
class push_framer {
public:
    // Small payloads stay uncompressed even when the client asked for gzip.
    static constexpr std::size_t compress_from = 256;

    explicit push_framer(bool gzip, std::uint64_t first_log_id) : gzip_(gzip), log_id_(first_log_id) {}

    std::string enter_response(const std::vector<room_message>& messages, core::unix_ms now);
    std::string batch(const std::vector<room_message>& messages, core::unix_ms now);
    std::string heartbeat_reply(core::unix_ms now);

    // Of the latest enter_response() or batch(): what the ack must carry.
    std::uint64_t last_log_id() const noexcept { return log_id_; }

private:
    std::string frame(std::string_view type, const std::vector<room_message>& messages, core::unix_ms now);

    bool gzip_;
    std::uint64_t log_id_;
    std::uint64_t sequence_ = 0;
    std::uint64_t heartbeats_ = 0;
};

// What a client sends: hb, im_enter_room, ack (docs/protocol/tiktok.md §2.6).
struct client_frame {
    std::string type;
    std::uint64_t log_id = 0;    // ack
    std::int64_t room_id = 0;    // hb, im_enter_room
    std::int64_t counter = 0;    // hb
    std::string identity;        // im_enter_room
    std::string payload;         // ack: the internal_ext
    bool server_fields = false;  // service or method set: only servers do that
};
std::optional<client_frame> read_client_frame(std::string_view bytes);

}  // namespace tiktok2twitch::sim
