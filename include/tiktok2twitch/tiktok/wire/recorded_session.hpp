// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Decodes the frames of one room's recording, whichever way each came: binary ones as a connection to TikTok
// does, text ones with a reader that its maker gives. Pure; one object a room. Frames of two ways may be
// mixed, as they are when one way takes over from another.

#include <functional>
#include <map>
#include <string>

#include "tiktok2twitch/tiktok/recording.hpp"
#include "tiktok2twitch/tiktok/webcast_session.hpp"

namespace tiktok2twitch::tiktok {

// What a text frame brought; what of it is unknown or cannot be read is counted. frame.way says how to read
// it, and may be empty.
using text_frame_reader =
    std::function<decoded_batch(const recorded_frame& frame, core::time_point now, frame_counts& counts)>;

class recorded_session {
public:
    // Names of ways come from outside; further ones share a session.
    static constexpr std::size_t most_ways = 8;

    // Without a reader, text frames are of an unknown kind.
    explicit recorded_session(text_frame_reader texts = {}) : texts_(std::move(texts)) {}

    decoded_batch read(const recorded_frame& frame, core::time_point now);
    frame_counts counts() const;

private:
    webcast_session& session_of(const recorded_frame& frame);

    text_frame_reader texts_;
    std::map<std::string, webcast_session> sessions_;  // by way and room
    frame_counts text_counts_;
};

}  // namespace tiktok2twitch::tiktok
