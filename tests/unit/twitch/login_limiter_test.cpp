// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/irc/login_limiter.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const core::time_point start{std::chrono::hours(1)};

TEST(login_limiter, first_login_is_free_and_the_next_waits_two_seconds) {
    login_limiter limiter;
    EXPECT_LE(limiter.earliest(start), start);
    limiter.on_attempt(start);
    EXPECT_EQ(limiter.earliest(start), start + seconds(2));
}

TEST(login_limiter, twenty_failures_close_the_door_for_ten_minutes) {
    login_limiter limiter;
    for (int i = 0; i < 20; ++i) {
        EXPECT_LE(limiter.earliest(start), start + seconds(3 * i));
        limiter.on_attempt(start + seconds(3 * i));
    }
    EXPECT_EQ(limiter.earliest(start + seconds(60)), start + minutes(10));
}

TEST(login_limiter, success_forgets_failures) {
    login_limiter limiter;
    for (int i = 0; i < 20; ++i)
        limiter.on_attempt(start + seconds(3 * i));
    limiter.on_success(start + seconds(58));
    EXPECT_EQ(limiter.earliest(start + seconds(58)), start + seconds(59));
}

// How far apart logins are whose connections live for `life`.
core::duration gap_after(int logins, core::duration life) {
    login_limiter limiter;
    auto now = start;
    core::duration gap{};
    for (int i = 0; i < logins; ++i) {
        limiter.on_attempt(now);
        limiter.on_success(now);
        limiter.on_ended(now + life);
        gap = limiter.earliest(now + life) - now;
        now += std::max(gap, life);
    }
    return gap;
}

TEST(login_limiter, connections_that_die_soon_are_replaced_within_ten_seconds) {
    EXPECT_EQ(gap_after(3, seconds(5)), seconds(2));
    EXPECT_EQ(gap_after(4, seconds(5)), seconds(4));
    EXPECT_EQ(gap_after(5, seconds(5)), seconds(8));
    EXPECT_EQ(gap_after(6, seconds(5)), seconds(10));
    EXPECT_EQ(gap_after(200, seconds(5)), seconds(10));
    EXPECT_EQ(gap_after(200, seconds(59)), seconds(10));  // over before the connection is
}

TEST(login_limiter, a_minute_of_life_ends_the_waiting) {
    login_limiter limiter;
    auto now = start;
    for (int i = 0; i < 20; ++i, now += seconds(20)) {
        limiter.on_attempt(now);
        limiter.on_success(now);
        limiter.on_ended(now + seconds(5));
    }
    limiter.on_attempt(now);
    limiter.on_success(now);
    limiter.on_ended(now + seconds(60));
    EXPECT_EQ(limiter.earliest(now + seconds(60)), now + seconds(2));
}

}  // namespace
}  // namespace tiktok2twitch::twitch
