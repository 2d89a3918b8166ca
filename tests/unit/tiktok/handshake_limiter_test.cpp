// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/room/handshake_limiter.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "unit/tiktok/support.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;
using std::chrono::minutes;

TEST(handshake_limiter, a_few_go_at_once_and_the_next_keep_their_distance) {
    handshake_limiter limiter;
    for (std::size_t i = 0; i < handshake_limiter::at_once; ++i) {
        EXPECT_LE(limiter.earliest(t0), t0);
        limiter.on_handshake(t0, true);
    }
    EXPECT_EQ(limiter.earliest(t0), t0 + handshake_limiter::spacing);
}

TEST(handshake_limiter, what_is_ten_minutes_old_does_not_count) {
    handshake_limiter limiter;
    for (std::size_t i = 0; i < handshake_limiter::most; ++i)
        limiter.on_handshake(t0, true);
    EXPECT_EQ(limiter.earliest(t0), t0 + minutes(10));
    EXPECT_LE(limiter.earliest(t0 + minutes(10)), t0 + minutes(10));
}

TEST(handshake_limiter, one_each_minute_is_never_held_up) {
    handshake_limiter limiter;
    auto now = t0;
    for (int i = 0; i < 1000; ++i, now += minutes(1)) {
        EXPECT_LE(limiter.earliest(now), now);
        limiter.on_handshake(now, true);
    }
}

TEST(handshake_limiter, what_was_not_needed_may_be_used_later) {
    handshake_limiter limiter;
    auto now = t0;
    for (std::size_t i = 0; i < handshake_limiter::at_once; ++i)
        limiter.on_handshake(now, true);
    now += 3 * handshake_limiter::spacing;
    for (int i = 0; i < 3; ++i) {
        EXPECT_LE(limiter.earliest(now), now) << i;
        limiter.on_handshake(now, true);
    }
    EXPECT_EQ(limiter.earliest(now), now + handshake_limiter::spacing);
}

TEST(handshake_limiter, one_that_failed_makes_the_next_one_wait) {
    handshake_limiter limiter;
    auto now = t0;
    for (std::size_t i = 1; i < handshake_limiter::at_once; ++i)
        limiter.on_handshake(now, false);
    EXPECT_LE(limiter.earliest(now), now) << "a few go at once all the same";
    now += minutes(2);
    limiter.on_handshake(now, false);
    EXPECT_EQ(limiter.earliest(now), now + handshake_limiter::after_failure);
    limiter.on_handshake(now + minutes(1), true);
    EXPECT_LE(limiter.earliest(now + minutes(1)), now + minutes(1));
}

// However eager, and at whatever moments: never more than the limit, and for four and a half minutes no long
// wait.
TEST(handshake_limiter, eager_spells_keep_the_limit_and_leave_something_for_their_end) {
    for (unsigned seed = 0; seed < 30; ++seed) {
        std::mt19937_64 engine(seed);
        handshake_limiter limiter;
        std::vector<core::time_point> all;
        for (auto now = t0; now < t0 + minutes(60);) {
            now += milliseconds(engine() % 6000);
            const auto at = std::max(now, limiter.earliest(now));
            if (at < t0 + seconds(270)) {
                EXPECT_LE(at - now, seconds(15)) << "seed " << seed;
            }
            if (at < t0 + seconds(210)) {
                EXPECT_LE(at - now, seconds(9)) << "seed " << seed;
            }
            now = at;
            limiter.on_handshake(now, seed % 2 == 0);
            all.push_back(now);
        }
        for (std::size_t i = handshake_limiter::most; i < all.size(); ++i)
            ASSERT_GE(all[i] - all[i - handshake_limiter::most], minutes(10)) << "seed " << seed;
    }
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
