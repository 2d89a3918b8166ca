// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace tiktok2twitch::core {

enum class direction : std::uint8_t { neutral, left_to_right, right_to_left };

// How a text reads: right_to_left as soon as one letter of it does (UAX #9, classes R and AL), neutral when
// it has no letters. Valid UTF-8.
direction direction_of(std::string_view text) noexcept;

}  // namespace tiktok2twitch::core
