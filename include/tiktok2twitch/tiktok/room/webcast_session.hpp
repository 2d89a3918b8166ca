// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The rules of one webcast connection, without the connection: which frames to send, when, and what the
// received ones mean (docs/protocol/tiktok.md §2.6-2.8). Call start() once after the opening handshake, then
// on_frame() for every binary message and poll() whenever next_deadline() has come. Single-threaded.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/tiktok/wire/message_codec.hpp"

namespace tiktok2twitch::tiktok {

struct session_options {
    core::duration heartbeat_interval = std::chrono::seconds(5);
    core::duration stale_after = std::chrono::seconds(15);
};

class webcast_session {
public:
    // Bounds (docs/protocol/tiktok.md §2.8: the largest batch reported was 75 kB).
    static constexpr std::size_t max_frame_bytes = 1024 * 1024;
    static constexpr std::size_t max_inflated_bytes = 8 * 1024 * 1024;
    static constexpr std::size_t max_batch_messages = 2000;

    webcast_session(const session_options& options, std::int64_t room_id);

    // Frames to send at once: enter room, then the first heartbeat.
    std::vector<std::string> start(core::time_point now);

    struct reaction {
        std::vector<std::string> send;  // acks: to be sent before the batch is processed
        decoded_batch batch;
    };
    reaction on_frame(std::string_view frame, core::time_point now);

    // A heartbeat when one is due; an error (stale, never_spoke) when the connection is dead.
    core::result<std::vector<std::string>> poll(core::time_point now);
    core::time_point next_deadline() const noexcept;

    const frame_counts& counts() const noexcept { return counts_; }

private:
    reaction read_frame(std::string_view frame, core::time_point now);

    session_options options_;
    std::int64_t room_id_;
    std::int64_t heartbeats_ = 0;
    core::time_point next_heartbeat_{};
    core::time_point last_frame_{};
    bool spoke_ = false;
    frame_counts counts_;
};

}  // namespace tiktok2twitch::tiktok
