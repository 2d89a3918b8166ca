// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Bounds of what a moderator may type, shared by the parser and by the reader of saved states.

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace tiktok2twitch::relay {

inline constexpr std::int64_t longest_mute_minutes = 43'200;  // 30 days; longer is "until unmuted"
inline constexpr std::int64_t longest_slow_seconds = 300;
inline constexpr std::size_t longest_blocked_word = 50;  // code points, once clean

}  // namespace tiktok2twitch::relay
