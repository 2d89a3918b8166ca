// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::relay {

enum class event_kind : std::uint8_t {
    chat,        // a comment
    emote_chat,  // a sticker sent on its own
};

// Who wrote it. Texts are raw bytes from the wire; relay::formatter cleans them.
struct author {
    std::int64_t id = 0;    // permanent account number
    std::string unique_id;  // the @handle
    std::string nickname;   // free text, may be empty, may imitate others
    bool streamer = false;
    bool moderator = false;
    bool subscriber = false;
    int gifter_level = 0;
    int fan_club_level = 0;
};

// Something that happened in a room and that the relay may say. Owns its strings; no wire types inside.
struct event {
    event_kind kind = event_kind::chat;
    std::int64_t msg_id = 0;
    author from;
    std::string text;                // raw bytes; a sticker comment has none
    core::unix_ms created_at = 0;    // TikTok's clock; 0 = unknown
    core::time_point received_at{};  // our clock, when the frame was decoded
};

}  // namespace tiktok2twitch::relay
