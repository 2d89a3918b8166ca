// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/config/token.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::app {
namespace {

TEST(pasted_token, loses_what_was_copied_with_it) {
    for (const auto* text :
         {"abc123", " abc123\n", "oauth:abc123", "OAuth:abc123", "OAUTH abc123", "Bearer abc123",
          "bearer:abc123", "oauth:oauth:abc123", "\"abc123\"", "'oauth:abc123'", "\"'abc123'\"",
          "\xEF\xBB\xBF"
          "abc123\r\n",
          "\u201cabc123\u201d", "`abc123`", "oauth: \"abc123\"", "\u00a0abc123\u200b"})
        EXPECT_EQ(without_wrapping(text), "abc123") << text;
    EXPECT_EQ(without_wrapping("oauthabc"), "oauthabc");
    EXPECT_EQ(without_wrapping("abc\"123"), "abc\"123") << "in the middle it is not ours to take";
    EXPECT_EQ(without_wrapping(" \"oauth:\" "), "");
}

TEST(pasted_token, an_example_is_no_token) {
    for (const auto* text : {"YOUR_TOKEN", "your-token-here", "YourAccessToken", "<token>", "[TOKEN]", "xxxx",
                             "********", "token", "changeme", "...", "$TOKEN", "{token}"})
        EXPECT_TRUE(is_placeholder(text)) << text;
    for (const auto* text : {"abc123", "x", "y0urq8w7e6r5t4y3u2i1o0pasdfghj", "tokentokentoken1234",
                             "secrettoken", "fromfile", "***", ""})
        EXPECT_FALSE(is_placeholder(text)) << text;
}

}  // namespace
}  // namespace tiktok2twitch::app
