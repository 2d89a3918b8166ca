// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tiktok2twitch::core::utf8 {

constexpr char32_t replacement_character = 0xFFFD;

// Decodes the code point that starts at `at` (< bytes.size()) and moves `at` behind it. Each maximal
// ill-formed subpart becomes one U+FFFD (Unicode 15.0, section 3.9, "U+FFFD substitution").
char32_t next(std::string_view bytes, std::size_t& at) noexcept;

// Nothing in it is ill-formed.
bool is_valid(std::string_view bytes) noexcept;

void append(std::string& out, char32_t code_point);

}  // namespace tiktok2twitch::core::utf8
