// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// One message of a batch, decoded from protobuf to what the relay knows (docs/protocol/tiktok.md §4.2-4.7).

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
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
    // TikTok says it hides some comments from anonymous viewers (docs/protocol/tiktok.md §5.6)
    bool filtered_notice = false;
    unread_counts unread;
    std::vector<std::string> unknown_methods;  // names that no list has, at most max_unknown_methods
};
// More of one frame tell nothing new.
inline constexpr std::size_t max_unknown_methods = 16;

enum class skipped : std::uint8_t {
    not_relayed,     // known, and nothing for us
    unknown_method,  // in no list
    undecodable
};
struct filtered_notice {};

using decoded_message = std::variant<skipped, decoded_event, deletion, room_change, filtered_notice>;

// Keeps its protobuf objects between calls, so that a batch reuses their memory.
class message_codec {
public:
    message_codec();
    ~message_codec();
    message_codec(const message_codec&) = delete;
    message_codec& operator=(const message_codec&) = delete;

    // `bytes`: one BaseProtoMessage. Leaves received_at for the caller.
    decoded_message decode(std::string_view bytes);
    // The name that the last one had on the wire.
    std::string_view method() const noexcept;

private:
    struct scratch;
    std::unique_ptr<scratch> scratch_;
};

// Puts a decoded message into its place in the batch, and counts what is none. `method`: its name on the
// wire.
void put(decoded_message message, std::string_view method, core::time_point now, decoded_batch& batch,
         frame_counts& counts);

// `name` without the prefix "Webcast". All names of docs/protocol/tiktok.md §7.2.
bool is_known_method(std::string_view name) noexcept;

}  // namespace tiktok2twitch::tiktok
