// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/words.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::core {
namespace {

using namespace std::chrono_literals;

TEST(words, what_lasts_is_rounded_down) {
    EXPECT_EQ(span_text(-5s), "0 s");
    EXPECT_EQ(span_text(59900ms), "59 s");
    EXPECT_EQ(span_text(119s), "1 min");
    EXPECT_EQ(span_text(60min), "1 h");
    EXPECT_EQ(span_text(47h + 59min), "47 h 59 min");
    EXPECT_EQ(span_text(71h), "2 days");
}

TEST(words, what_is_waited_for_is_rounded_up) {
    EXPECT_EQ(wait_text(-5s), "0 s");
    EXPECT_EQ(wait_text(1ms), "1 s");
    EXPECT_EQ(wait_text(59001ms), "1 min");
    EXPECT_EQ(wait_text(90s), "1 min 30 s");
    EXPECT_EQ(wait_text(59min + 59s), "59 min 59 s");
    EXPECT_EQ(wait_text(62min), "1 h 2 min");
}

TEST(words, counts_have_commas_and_the_right_number) {
    EXPECT_EQ(number_text(0), "0");
    EXPECT_EQ(number_text(999), "999");
    EXPECT_EQ(number_text(1000), "1,000");
    EXPECT_EQ(number_text(1234567), "1,234,567");
    EXPECT_EQ(count_text(1, "line"), "1 line");
    EXPECT_EQ(count_text(0, "line"), "0 lines");
    EXPECT_EQ(count_text(1204, "line"), "1,204 lines");
}

}  // namespace
}  // namespace tiktok2twitch::core
