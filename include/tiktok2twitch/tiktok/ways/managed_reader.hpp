// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What a managed socket sends (docs/protocol/ways-in.md §3): the original binary frames, for which it is
// asked, or JSON when the server did not take the flag; plain or gzip; bundled or one message each; in either
// naming of the fields. One object for a connection. Pure; any bytes, never throws.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tiktok2twitch/tiktok/room/webcast_session.hpp"

namespace tiktok2twitch::tiktok {

// Path and query of the socket: whom to read, and what form is wanted. The key belongs to it and to nothing
// that is logged.
std::string managed_target(std::string_view unique_id, std::string_view key);

class managed_reader {
public:
    // Room information alone may exceed 1 MiB.
    static constexpr std::size_t max_message_bytes = 4 * 1024 * 1024;

    managed_reader() : binary_({}, 0) {}

    struct reading {
        decoded_batch batch;
        bool live = false;          // room information, or a message: the room is there
        bool offline = false;       // the room information says that nobody is live
        std::int64_t room_id = 0;   // 0: not told
        std::optional<bool> raw{};  // the server says whether it sends binary frames
    };
    // One WebSocket message, text or binary.
    reading read(std::string_view bytes, core::time_point now);

    // The events of JSON have no deletions. What the last message was; nothing before the first that counts.
    std::optional<bool> json() const noexcept { return json_; }
    const frame_counts& counts() const noexcept { return counts_; }

private:
    void read_binary(std::string_view bytes, core::time_point now, reading& out);
    void read_json(std::string_view text, core::time_point now, reading& out);

    webcast_session binary_;  // the decoder alone: the provider acknowledges and beats
    frame_counts counts_;
    std::optional<bool> json_;
};

}  // namespace tiktok2twitch::tiktok
