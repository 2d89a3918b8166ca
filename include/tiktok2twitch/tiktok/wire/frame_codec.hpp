// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The webcast envelope as plain values (docs/protocol/tiktok.md §2.6-2.8, §4.2). Stateless; any bytes in,
// never throws.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::tiktok {

// One binary WebSocket message.
struct push_frame {
    std::uint64_t seq_id = 0;
    std::uint64_t log_id = 0;  // goes back in the ack
    std::string payload_type;  // msg, im_enter_room_resp, hb, ack, im_enter_room ...
    std::string payload;       // as on the wire: perhaps gzip
};
// Error: errc::frame_undecodable.
core::result<push_frame> decode_push_frame(std::string_view bytes);

// `payload` as it is, or inflated into `buffer` when it starts with gzip's magic bytes; the view is good
// as long as both are. Errors: errc::inflate_failed, errc::inflated_too_large.
core::result<std::string_view> inflate_payload(std::string_view payload, std::string& buffer,
                                               std::size_t max_bytes);

// The body of msg and im_enter_room_resp frames. Views point into the bytes it was decoded from.
struct response {
    std::vector<std::string_view> messages;  // each one message, not yet decoded
    std::size_t excess_messages = 0;         // beyond the cap, not in `messages`
    std::string_view cursor;
    std::string_view internal_ext;
    std::int64_t now = 0;                 // server clock, unix ms
    std::int64_t heartbeat_duration = 0;  // not milliseconds (docs/protocol/tiktok.md §2.7)
    bool need_ack = false;
    bool is_first = false;
};
// Error: errc::frame_undecodable.
core::result<response> decode_response(std::string_view bytes, std::size_t max_messages);

// Frames to send. An empty internal_ext is acknowledged as "-" (docs/protocol/tiktok.md §2.7).
std::string encode_ack(std::uint64_t log_id, std::string_view internal_ext);
std::string encode_heartbeat(std::int64_t room_id, std::int64_t counter);
std::string encode_enter_room(std::int64_t room_id);

bool has_gzip_magic(std::string_view bytes) noexcept;

// Replaces `out` by the inflated bytes, at most `max_bytes`; nothing is a legal result
// (docs/protocol/tiktok.md §2.8). Several gzip members in a row are one text. Errors: errc::inflate_failed,
// errc::inflated_too_large.
core::error_code gunzip(std::string_view bytes, std::size_t max_bytes, std::string& out);

}  // namespace tiktok2twitch::tiktok
