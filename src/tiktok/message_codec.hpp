// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// One message of a batch, decoded from protobuf to what the relay knows (tiktok.md 4.2-4.7).

#include <cstdint>
#include <memory>
#include <string_view>
#include <variant>

#include "tiktok2twitch/tiktok/webcast_session.hpp"

namespace tiktok2twitch::tiktok {

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

// `name` without the prefix "Webcast". All names of tiktok.md 7.2.
bool is_known_method(std::string_view name) noexcept;

}  // namespace tiktok2twitch::tiktok
