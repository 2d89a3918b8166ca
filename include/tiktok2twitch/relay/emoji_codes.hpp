// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// TikTok's bracket codes: "[laugh]" is what its app sends for a picture of its own keyboard.

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace tiktok2twitch::relay {

// Code without brackets -> what is said for it: [emoji] of the configuration, which goes before the
// built-in table. The code "sticker" is what a comment of nothing but a sticker says.
using emoji_table = std::map<std::string, std::string, std::less<>>;

inline constexpr std::size_t emoji_code_length = 32;       // letters, digits and underscores
inline constexpr std::size_t emoji_text_code_points = 32;  // of what is said for one code

bool is_emoji_code(std::string_view code) noexcept;

// `text` with the known codes replaced; unknown ones stay as they were typed. Takes any bytes, in linear
// time; the result is as clean as the text was, so clean it afterwards, and have
// it filtered: codes may bring a word or a link together.
std::string expand_emoji_codes(std::string_view text, const emoji_table& own);

// What a sticker comment says: "[sticker]", or what the table has for it.
std::string sticker_text(const emoji_table& own);

}  // namespace tiktok2twitch::relay
