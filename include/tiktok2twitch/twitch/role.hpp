// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace tiktok2twitch::twitch {

// Our rank in a channel. Only `ordinary` falls under the duplicate rule and slow mode (twitch.md 2.5).
enum class role : std::uint8_t { ordinary, vip, moderator, broadcaster };

}  // namespace tiktok2twitch::twitch
