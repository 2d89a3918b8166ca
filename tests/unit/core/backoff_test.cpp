// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/core/backoff.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace tiktok2twitch::core {
namespace {

using namespace std::chrono_literals;

backoff::options steady() {
    backoff::options options;
    options.jitter = 0;
    return options;
}

TEST(backoff, first_is_at_once_then_doubles_up_to_the_cap) {
    backoff delays(steady(), 1);
    for (const duration expected : {duration(0s), duration(1s), duration(2s), duration(4s), duration(8s),
                                    duration(16s), duration(32s), duration(60s), duration(60s)}) {
        EXPECT_EQ(delays.next(), expected);
    }
    EXPECT_EQ(delays.attempts(), 9U);
}

TEST(backoff, first_delay_can_be_set) {
    auto options = steady();
    options.first = 5s;
    backoff delays(options, 1);
    EXPECT_EQ(delays.next(), duration(5s));
    EXPECT_EQ(delays.next(), duration(1s));
}

TEST(backoff, reset_starts_over) {
    backoff delays(steady(), 1);
    delays.next();
    delays.next();
    delays.reset();
    EXPECT_EQ(delays.attempts(), 0U);
    EXPECT_EQ(delays.next(), duration::zero());
    EXPECT_EQ(delays.next(), duration(1s));
}

TEST(backoff, jitter_stays_within_its_share_and_spreads_to_both_sides) {
    backoff::options options;
    options.first = 10s;
    backoff delays(options, 7);
    bool below = false;
    bool above = false;
    for (int i = 0; i < 200; ++i) {
        const duration delay = delays.next();
        EXPECT_GE(delay, duration(8s));
        EXPECT_LE(delay, duration(12s));
        below = below || delay < duration(9s);
        above = above || delay > duration(11s);
        delays.reset();
    }
    EXPECT_TRUE(below && above);
}

TEST(backoff, same_seed_gives_same_delays_and_another_seed_gives_others) {
    backoff one({}, 42);
    backoff same({}, 42);
    backoff other({}, 43);
    bool differs = false;
    for (int i = 0; i < 10; ++i) {
        const duration delay = one.next();
        EXPECT_EQ(delay, same.next());
        differs = differs || delay != other.next();
    }
    EXPECT_TRUE(differs);
}

TEST(backoff, cap_below_base_wins) {
    auto options = steady();
    options.cap = 500ms;
    backoff delays(options, 1);
    delays.next();
    EXPECT_EQ(delays.next(), duration(500ms));
}

TEST(backoff, largest_values_do_not_overflow) {
    auto options = steady();
    options.base = duration::max() - 1ns;
    options.cap = duration::max();
    options.jitter = 1;
    backoff delays(options, 1);
    for (int i = 0; i < 100; ++i) {
        EXPECT_GE(delays.next(), duration::zero());
    }
}

}  // namespace
}  // namespace tiktok2twitch::core
