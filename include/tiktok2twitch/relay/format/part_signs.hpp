// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The signs by which a packed line tells its parts apart, and why no viewer can write them. Pure; total
// functions on valid UTF-8.

#include <string>
#include <string_view>

namespace tiktok2twitch::relay {

// Between two parts of a line. A heavy bar: hardly anybody types it, and it stands out between words.
inline constexpr std::string_view part_separator = " \u2503 ";
// Between two messages of one author in one part: "Ann: hi / how are you".
inline constexpr std::string_view same_author_separator = " / ";
// How many times something was said: "GG ×12 (ann, bob, cy +9)".
inline constexpr std::string_view times_sign = "\u00d7";

// A text or name of a viewer without what looks like one of those signs: bars become '-', multiplication
// signs 'x', and "x12 (" becomes "x12 [". A '|' inside of a word of ASCII signs stays: no blank is beside it.
std::string without_part_signs(std::string text);

}  // namespace tiktok2twitch::relay
