// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/core/parse.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::core {
namespace {

using namespace std::chrono_literals;

TEST(http_date, dates_of_http_and_of_cookies_are_read_and_nothing_else) {
    EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777000);
    EXPECT_EQ(parse_http_date("Sun, 06-Nov-1994 08:49:37 GMT"), 784111777000);
    for (const auto* text : {"", "now", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 GMT+1",
                             "Sunday, 06-Nov-94 08:49:37 GMT"})
        EXPECT_FALSE(parse_http_date(text)) << text;
}

TEST(retry_after, is_a_number_of_seconds_or_a_date) {
    constexpr unix_ms now = 784111777000;
    EXPECT_EQ(parse_retry_after("60", now), duration(60s));
    EXPECT_EQ(parse_retry_after(" 0 ", now), duration(0s));
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:50:07 GMT", now), duration(30s));
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:00:00 GMT", now), duration(0s)) << "is over already";
    EXPECT_EQ(parse_retry_after("9223372036854775807", now), duration(366 * 24h));
    for (const auto* text : {"", "-1", "+1", "soon", "1.5", "60s", "99999999999999999999"})
        EXPECT_FALSE(parse_retry_after(text, now)) << text;
}

}  // namespace
}  // namespace tiktok2twitch::core
