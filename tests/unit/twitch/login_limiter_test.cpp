// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "twitch/login_limiter.hpp"

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

TEST(login_limiter, logins_that_die_at_once_get_rarer_and_recover) {
    login_limiter limiter;
    auto now = start;
    core::duration gap{};
    int logins = 0;
    for (; now < start + minutes(10); ++logins) {
        limiter.on_attempt(now);
        limiter.on_success(now);
        limiter.on_ended(now + seconds(1));
        gap = limiter.earliest(now) - now;
        now = limiter.earliest(now);
    }
    EXPECT_EQ(gap, seconds(60));
    EXPECT_LT(logins, 20);
    limiter.on_attempt(now);
    limiter.on_success(now);
    limiter.on_ended(now + seconds(11));
    EXPECT_EQ(limiter.earliest(now), now + seconds(2));
}

}  // namespace
}  // namespace tiktok2twitch::twitch
