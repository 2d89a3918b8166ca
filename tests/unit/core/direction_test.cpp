// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/core/direction.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::core {
namespace {

TEST(direction, one_letter_that_reads_to_the_left_decides) {
    EXPECT_EQ(direction_of("hello"), direction::left_to_right);
    EXPECT_EQ(direction_of("hello \u05d0"), direction::right_to_left);
    EXPECT_EQ(direction_of("\u0633\u0644\u0627\u0645 hello"), direction::right_to_left);
    EXPECT_EQ(direction_of("\u0434\u0430"), direction::left_to_right);
    EXPECT_EQ(direction_of("\u4f60\u597d"), direction::left_to_right);
}

TEST(direction, without_letters_there_is_none) {
    EXPECT_EQ(direction_of(""), direction::neutral);
    EXPECT_EQ(direction_of("123 :) \u2764 \U0001F600"), direction::neutral);
    EXPECT_EQ(direction_of("\u0663"), direction::neutral) << "an Arabic digit";
}

}  // namespace
}  // namespace tiktok2twitch::core
