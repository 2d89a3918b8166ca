// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/room/news_reach.hpp"

#include <gtest/gtest.h>

#include "unit/tiktok/support.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;

// TikTok's clock, which has nothing to do with ours.
constexpr core::unix_ms then = 1'789'600'000'000;
constexpr core::duration oldest = seconds(90);

TEST(news_reach, who_joins_a_running_live_is_told_nothing_old) {
    news_reach reach(oldest);
    reach.on_found(then - 5'000);
    EXPECT_EQ(reach.since(t0, then), news_reach::nothing);
}

TEST(news_reach, a_live_that_began_while_we_looked_is_ours_since_the_lookup_that_did_not_know_it) {
    news_reach reach(oldest);
    reach.on_elsewhere(t0);
    reach.on_elsewhere(t0 + seconds(30));
    EXPECT_EQ(reach.since(t0 + seconds(50), then), then - 20'000 - 2'000);
}

TEST(news_reach, nothing_older_than_what_may_still_be_relayed) {
    news_reach reach(oldest);
    reach.on_elsewhere(t0);
    EXPECT_EQ(reach.since(t0 + std::chrono::hours(3), then), then - 90'000);
    reach.on_found(then - 3'600'000);
    EXPECT_EQ(reach.since(t0 + std::chrono::hours(3), then), then - 90'000);
}

TEST(news_reach, a_lookup_that_lagged_behind_the_start_cuts_nothing_off) {
    news_reach reach(oldest);
    reach.on_elsewhere(t0);
    reach.on_found(then - 60'000);
    EXPECT_EQ(reach.since(t0 + seconds(30), then), then - 60'000);
}

TEST(news_reach, a_live_long_before_was_called_over_by_mistake) {
    news_reach reach(oldest);
    reach.on_elsewhere(t0);
    reach.on_found(then - 7'200'000);
    EXPECT_EQ(reach.since(t0 + seconds(30), then), then - 32'000);
}

TEST(news_reach, a_start_in_the_future_does_not_cut_either) {
    news_reach reach(oldest);
    reach.on_elsewhere(t0);
    reach.on_found(then + 3'600'000);
    EXPECT_EQ(reach.since(t0 + seconds(30), then), then - 32'000);
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
