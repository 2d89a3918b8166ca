// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/width.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::core {
namespace {

TEST(width_test, wide_characters_take_two_cells_and_marks_none) {
    EXPECT_EQ(display_width("abc"), 3u);
    EXPECT_EQ(display_width("\u65e5\u672c"), 4u);
    EXPECT_EQ(display_width("e\u0301"), 1u);
}

TEST(width_test, short_text_is_filled_and_long_text_cut) {
    EXPECT_EQ(fit_width("ab", 4), "ab  ");
    EXPECT_EQ(fit_width("abcdef", 4), "abc\u2026");
    EXPECT_EQ(fit_width("\u65e5\u672c\u8a9e", 4), "\u65e5\u2026 ");
    EXPECT_EQ(fit_width("abc", 0), "");
}

TEST(wrap_width_test, rows_break_at_blanks_and_lose_nothing_else) {
    EXPECT_EQ(wrap_width("one two three", 8), (std::vector<std::string>{"one two", "three"}));
    EXPECT_EQ(wrap_width("one two three", 7), (std::vector<std::string>{"one two", "three"}));
    EXPECT_EQ(wrap_width("one two", 7), (std::vector<std::string>{"one two"}));
    EXPECT_EQ(wrap_width("", 7), (std::vector<std::string>{""}));
}

TEST(wrap_width_test, a_word_longer_than_a_row_is_cut_and_wide_signs_count_twice) {
    EXPECT_EQ(wrap_width("aaaaaaa bb", 3), (std::vector<std::string>{"aaa", "aaa", "a", "bb"}));
    EXPECT_EQ(wrap_width("\u5C0F\u660E\u5C0F", 4), (std::vector<std::string>{"\u5C0F\u660E", "\u5C0F"}));
    EXPECT_EQ(wrap_width("\u5C0F\u660E", 3), (std::vector<std::string>{"\u5C0F", "\u660E"}));
}

}  // namespace
}  // namespace tiktok2twitch::core
