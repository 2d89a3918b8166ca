// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

// Words behind or before which people forget the blank of a new sentence, "ok.so", "nice.love it". All are
// folded: lower case, without accents ("й" is "и", "ё" is "е").
namespace tiktok2twitch::relay {

// Little words, greetings, and what is said of everything, in the languages of the starter lists. None that
// addresses of spam are made of ("free", "win", "follow").
bool is_everyday(std::string_view word);

// What follows the first word of a sentence, "love it", "now we": pronouns and articles. Not what follows an
// address as well ("now", "for", "and").
bool continues_sentence(std::string_view word);

// What a file with a program's ending is called: "main.rs", "setup.py".
bool is_file_stem(std::string_view word);

}  // namespace tiktok2twitch::relay
