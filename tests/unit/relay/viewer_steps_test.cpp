// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/story/room_story.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "unit/relay/story_support.hpp"

namespace tiktok2twitch::relay {
namespace {

using namespace testing;

TEST(viewer_steps, first_count_is_news_and_the_same_again_only_after_five_minutes) {
    viewer_steps counts;
    EXPECT_TRUE(counts.is_news(100, t0));
    EXPECT_FALSE(counts.is_news(100, t0 + minutes(5) - milliseconds(1)));
    EXPECT_TRUE(counts.is_news(100, t0 + minutes(5)));
    EXPECT_FALSE(counts.is_news(100, t0 + minutes(10) - milliseconds(1)));
}

TEST(viewer_steps, change_by_a_quarter_is_news_and_less_is_not) {
    for (const auto& [count, news] : {std::pair(125, true), {124, false}, {75, true}, {76, false}}) {
        viewer_steps counts;
        counts.is_news(100, t0);
        EXPECT_EQ(counts.is_news(count, t0 + minutes(1)), news) << count;
    }
}

TEST(viewer_steps, change_adds_up_against_what_was_told_last) {
    viewer_steps counts;
    counts.is_news(100, t0);
    EXPECT_FALSE(counts.is_news(115, t0 + minutes(2)));
    EXPECT_TRUE(counts.is_news(126, t0 + minutes(3)));
    EXPECT_FALSE(counts.is_news(130, t0 + minutes(4)));
}

TEST(viewer_steps, no_more_than_one_in_a_minute) {
    viewer_steps counts;
    EXPECT_TRUE(counts.is_news(1, t0));
    EXPECT_FALSE(counts.is_news(2, t0 + minutes(1) - milliseconds(1)));
    EXPECT_TRUE(counts.is_news(2, t0 + minutes(1)));
}

TEST(viewer_steps, count_that_is_not_known_changes_nothing) {
    viewer_steps counts;
    EXPECT_FALSE(counts.is_news(0, t0));
    EXPECT_FALSE(counts.is_news(-1, t0));
    EXPECT_EQ(counts.current(), 0);
    EXPECT_TRUE(counts.is_news(7, t0));
    EXPECT_FALSE(counts.is_news(0, t0 + minutes(9)));
    EXPECT_EQ(counts.current(), 7);
}

TEST(viewer_steps, count_is_current_also_when_it_is_no_news) {
    viewer_steps counts;
    counts.is_news(100, t0);
    counts.is_news(101, t0);
    EXPECT_EQ(counts.current(), 101);
}

TEST(viewer_steps, largest_number_there_is_does_no_harm) {
    viewer_steps counts;
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    EXPECT_TRUE(counts.is_news(most, t0));
    EXPECT_TRUE(counts.is_news(1, t0 + minutes(1)));
    EXPECT_TRUE(counts.is_news(most, t0 + minutes(2)));
}

TEST(viewer_steps, reset_begins_anew) {
    viewer_steps counts;
    counts.is_news(100, t0);
    counts.reset();
    EXPECT_EQ(counts.current(), 0);
    EXPECT_TRUE(counts.is_news(100, t0 + seconds(1)));
}

}  // namespace
}  // namespace tiktok2twitch::relay
