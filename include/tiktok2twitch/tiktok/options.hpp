// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/url.hpp"

namespace tiktok2twitch::tiktok {

// Where TikTok is and how it is asked. Everything uncertain about the protocol is a setting here, with
// its default and source (docs/protocol/tiktok.md; sections in brackets).
struct options {
    core::url web_url;                                            // [§1.1, §1.3, §2.1]
    core::url webcast_url;                                        // [§1.2]
    core::url ws_url;                                             // [§2.2]; the path is added
    core::duration poll_interval = std::chrono::seconds(30);      // between lookups while offline [§1.7]
    core::duration heartbeat_interval = std::chrono::seconds(5);  // [§2.7]
    core::duration stale_after = std::chrono::seconds(15);        // nothing received [§2.7]
    // Before the door that should have given the visitor cookie is tried once more.
    core::duration door_pause = std::chrono::seconds(2);
};

}  // namespace tiktok2twitch::tiktok
