// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/sim/webcast_messages.hpp"

namespace tiktok2twitch::sim {

// Wraps messages in the push frames of one connection and numbers them (tiktok.md 2.7, 4.2).
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

// What a client sends: hb, im_enter_room, ack (tiktok.md 2.6).
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
