// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/core/gzip.hpp"

#include <gtest/gtest.h>

#include "tiktok2twitch/tiktok/wire/frame_codec.hpp"

namespace tiktok2twitch::core {
namespace {

TEST(gzip, what_it_makes_is_inflated_again_one_member_after_the_other) {
    std::string noise;
    for (unsigned i = 0; i < 300'000; ++i)
        noise += static_cast<char>(i * 2654435761U >> 13U);
    for (const std::string& text :
         {std::string(), std::string("hello"), std::string(5'000'000, 'x'), noise}) {
        std::string out;
        EXPECT_FALSE(tiktok::gunzip(gzip(text) + gzip("end"), 8'000'000, out));
        EXPECT_EQ(out, text + "end");
    }
    EXPECT_LT(gzip(std::string(5'000'000, 'x')).size(), 10'000U);
}

}  // namespace
}  // namespace tiktok2twitch::core
