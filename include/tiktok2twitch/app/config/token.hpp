// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A token as people paste it. Pure.

#include <string_view>

namespace tiktok2twitch::app {

// Without what comes along with a copied token: a byte order mark, blanks, quotes, and "oauth:", "OAuth " or
// "Bearer " in any case, once or several times. A part of `text`.
std::string_view without_wrapping(std::string_view text) noexcept;

// "YOUR_TOKEN", "<token>", "xxxx": an example that nobody replaced. `text`: without_wrapping().
bool is_placeholder(std::string_view text) noexcept;

}  // namespace tiktok2twitch::app
