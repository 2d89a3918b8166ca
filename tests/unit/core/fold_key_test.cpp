// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <gtest/gtest.h>

#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::core {
namespace {

TEST(fold_key_test, louder_and_longer_is_the_same) {
    EXPECT_EQ(fold_key("GG"), fold_key("gggg"));
    EXPECT_EQ(fold_key("LOOOL"), fold_key("loool"));
    EXPECT_EQ(fold_key("wow!!!"), fold_key("WOW!"));
    EXPECT_EQ(fold_key("\u2764\ufe0f"), fold_key("\u2764\ufe0f\u2764\ufe0f\u2764\ufe0f"));
}

TEST(fold_key_test, what_means_something_else_stays_apart) {
    EXPECT_NE(fold_key("god"), fold_key("good"));
    EXPECT_NE(fold_key("1000"), fold_key("10000"));
    EXPECT_NE(fold_key("yes"), fold_key("no"));
    EXPECT_NE(fold_key("wow!"), fold_key("wow?"));
    EXPECT_EQ(fold_key(""), "");
}

TEST(fold_key, what_counts_by_its_number_is_kept) {
    EXPECT_NE(fold_key("Part II"), fold_key("Part III"));
    EXPECT_NE(fold_key("C+"), fold_key("C++"));
    EXPECT_NE(fold_key("a=b"), fold_key("a==b"));
    EXPECT_NE(fold_key("\u2160"), fold_key("\u2160\u2160"));
    EXPECT_EQ(fold_key("GG!"), fold_key("gg!!!"));
    EXPECT_EQ(fold_key("soooo"), fold_key("sooooooo"));
}

}  // namespace
}  // namespace tiktok2twitch::core
