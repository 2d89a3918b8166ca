// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/filter/languages.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace tiktok2twitch::relay {
namespace {

TEST(language_codes_test, codes_are_languages_with_and_without_a_region) {
    for (const char* tag : {"aa", "zu", "EN", "pt-BR", "zh-hans-cn", "fil", "ceb", "eng", "iw", "in", "jv"})
        EXPECT_EQ(language_problem(tag), "") << tag;
}

TEST(language_codes_test, other_words_are_none_and_get_a_code_where_one_is_meant) {
    using given_and_code = std::pair<const char*, std::string>;
    for (const auto& [given, code] :
         {given_and_code{"english", "en"}, given_and_code{"English-US", "en"}, given_and_code{"englsh", "en"},
          given_and_code{"deutsch", "de"}, given_and_code{"jp", "ja"}, given_and_code{"cn", "zh"},
          given_and_code{"filipino", "fil"}})
        EXPECT_EQ(language_problem(given), "is no code of a language; did you mean \"" + code + "\"?")
            << given;
    for (const char* tag : {"", "-", "e", "e-n", "xx", "un", "und", "e1", "12", "123", "klingon",
                            "abcdefghijkl", "qwertyuiopasdfghjkl"})
        EXPECT_EQ(language_problem(tag).substr(0, 14), "is no language") << tag;
}

TEST(language_codes_test, a_long_code_has_the_short_one_that_is_said) {
    EXPECT_EQ(short_code("eng"), "en");
    EXPECT_EQ(short_code("ger"), "de");
    for (const char* language : {"", "en", "us", "fil", "english"})
        EXPECT_EQ(short_code(language), "") << language;
}

}  // namespace
}  // namespace tiktok2twitch::relay
