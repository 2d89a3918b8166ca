// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

// Which Latin letter a sign stands for when somebody writes around a word list. All of them return 0 (or
// nothing) for signs that stand for themselves.
namespace tiktok2twitch::relay {

// For one folded code point of any alphabet.
char look_alike(char32_t folded);

// The other letter that a code point, as written, may be read as: capital I as l, Cyrillic En as h.
char second_look_alike(char32_t original);

// White letters in black circles and squares, and the letters that flags are made of.
char letter_in_a_box(char32_t code_point) noexcept;

// What a Latin letter or digit is written for in a Cyrillic word, in the form that signs have: Cyrillic
// letters with a Latin look-alike are that.
std::u32string_view cyrillic_letters(char32_t sign) noexcept;

// "il" for '1': what digits and signs are written for.
std::string_view leet_letters(char32_t sign) noexcept;

}  // namespace tiktok2twitch::relay
