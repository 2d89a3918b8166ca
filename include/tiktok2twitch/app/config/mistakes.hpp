// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What people get wrong when they write TOML, and the fix of each: a parser names what it did not expect,
// which seldom is the mistake. Pure. Values are never shown: any of them may be a token.

#include <cstddef>
#include <string>
#include <string_view>

namespace tiktok2twitch::app {

// The mistake in line `number` (from 1) of `text`, with its fix; empty when it is none of the known ones.
std::string known_mistake(std::string_view text, std::size_t number);

// The same of a key or section that stands twice, with the line of the first. `number`: of the second.
std::string set_twice(std::string_view text, std::size_t number);

// What is wrong with the bytes of the whole file, before any line is looked at; empty: nothing.
std::string known_encoding_mistake(std::string_view bytes);

// For a parser's words: what a terminal or a log must not get (controls, bidi signs, anything that is no
// ASCII) is shown as "\xNN".
std::string plain_words(std::string_view parser_says);

}  // namespace tiktok2twitch::app
