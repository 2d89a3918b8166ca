// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Decodes the frames of one room's recording, each as the way did that it came by. Frames of two ways may be
// mixed, as they are when one way takes over from another. A text frame that names no way is told by its
// form. Pure; one object a recording.

#include <map>
#include <string>

#include "tiktok2twitch/tiktok/room/webcast_session.hpp"
#include "tiktok2twitch/tiktok/ways/managed_reader.hpp"
#include "tiktok2twitch/tiktok/wire/recording.hpp"

namespace tiktok2twitch::tiktok {

class recorded_session {
public:
    // Ways and rooms that a recording names; further ones share what one of them has.
    static constexpr std::size_t most_sources = 16;

    decoded_batch read(const recorded_frame& frame, core::time_point now);
    frame_counts counts() const;

private:
    std::map<std::string, webcast_session> sessions_;  // of binary frames, by way and room
    std::map<std::string, managed_reader> managed_;    // by room
    frame_counts tikfinity_;
};

}  // namespace tiktok2twitch::tiktok
