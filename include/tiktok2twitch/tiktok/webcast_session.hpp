// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The rules of one webcast connection, without the connection: which frames to send, when, and what the
// received ones mean (tiktok.md 2.6-2.8). Call start() once after the opening handshake, then on_frame()
// for every binary message and poll() whenever next_deadline() has come. Single-threaded.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::tiktok {

enum class room_change : std::uint8_t { paused, resumed, ended, suspended };

struct decoded_event {
    relay::event what;
    bool history = false;  // replayed by the server on connect
};

// A moderator of the room removed messages, or all of some users.
struct deletion {
    std::vector<std::int64_t> msg_ids;
    std::vector<std::int64_t> user_ids;
};

// Counts of what was received and not understood, or thrown away for a bound. All since the start.
struct frame_counts {
    std::uint64_t frames = 0;
    std::uint64_t messages = 0;
    std::uint64_t unknown_frames = 0;  // payload types that are not ours
    std::uint64_t unknown_methods = 0;
    std::uint64_t undecodable_frames = 0;  // not protobuf, broken gzip, over the inflate cap
    std::uint64_t undecodable_messages = 0;
    std::uint64_t excess_messages = 0;  // over the cap of one batch
};

// Of what one frame brought, that which nobody will ever read.
struct unread_counts {
    std::uint64_t excess_messages = 0;  // over the cap of one batch
    std::uint64_t undecodable_messages = 0;
    std::uint64_t undecodable_frames = 0;
    std::uint64_t oversized_frames = 0;  // too large for the socket

    bool any() const noexcept {
        return excess_messages + undecodable_messages + undecodable_frames + oversized_frames != 0;
    }
};

// What one frame brought.
struct decoded_batch {
    std::vector<decoded_event> events;
    std::vector<deletion> deletions;
    std::optional<room_change> change;
    bool opening = false;          // the answer to the enter frame: a connection's first
    bool messages = false;         // some came, of whatever kind; heartbeat replies have none
    core::unix_ms server_now = 0;  // TikTok's clock; 0: not told
    bool filtered_notice = false;  // TikTok says it hides some comments from anonymous viewers (5.6)
    unread_counts unread;
    std::vector<std::string> unknown_methods;  // names that no list has, at most max_unknown_methods
};
// More of one frame tell nothing new.
inline constexpr std::size_t max_unknown_methods = 16;

struct session_options {
    core::duration heartbeat_interval = std::chrono::seconds(5);
    core::duration stale_after = std::chrono::seconds(15);
};

class webcast_session {
public:
    // Bounds (tiktok.md 2.8: the largest batch reported was 75 kB).
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
