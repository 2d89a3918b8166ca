// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/story/room_story.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "unit/relay/story_support.hpp"

namespace tiktok2twitch::relay {
namespace {

using namespace testing;

// The milestone that this total reached, or 0.
std::int64_t reached(like_milestones& counter, std::int64_t total) {
    const auto out = counter.on_like(likes(total));
    return out ? out->total_likes : 0;
}

TEST(like_milestones, first_total_is_the_baseline_and_no_news) {
    like_milestones counter(1000);
    EXPECT_EQ(reached(counter, 519'000), 0);
    EXPECT_EQ(counter.total(), 519'000);
    EXPECT_EQ(reached(counter, 519'999), 0);
    EXPECT_EQ(reached(counter, 520'000), 520'000);
    EXPECT_EQ(reached(counter, 520'000), 0);
}

TEST(like_milestones, crossing_from_one_below_tells_the_multiple_and_who_reached_it) {
    like_milestones counter(1000);
    reached(counter, 400);
    auto out = counter.on_like(likes(1012, 77));
    ASSERT_TRUE(out);
    EXPECT_EQ(out->kind, event_kind::like);
    EXPECT_EQ(out->total_likes, 1000);
    EXPECT_EQ(out->count, 600) << "since counting began";
    EXPECT_EQ(out->msg_id, 77);
    out = counter.on_like(likes(2003));
    ASSERT_TRUE(out);
    EXPECT_EQ(out->count, 1000);
}

TEST(like_milestones, several_multiples_at_once_are_one_milestone) {
    like_milestones counter(1000);
    reached(counter, 1);
    const auto out = counter.on_like(likes(5300));
    ASSERT_TRUE(out);
    EXPECT_EQ(out->total_likes, 5000);
    EXPECT_EQ(out->count, 4999);
    EXPECT_EQ(reached(counter, 5999), 0);
    EXPECT_EQ(reached(counter, 6000), 6000);
}

TEST(like_milestones, totals_that_jump_backwards_repeat_nothing) {
    like_milestones counter(100);
    reached(counter, 50);
    EXPECT_EQ(reached(counter, 100), 100);
    EXPECT_EQ(reached(counter, 20), 0);
    EXPECT_EQ(counter.total(), 100);
    EXPECT_EQ(reached(counter, 105), 0);
    EXPECT_EQ(reached(counter, 99), 0);
    EXPECT_EQ(reached(counter, 100), 0);
    EXPECT_EQ(reached(counter, 200), 200);
}

TEST(like_milestones, likes_without_a_total_are_no_baseline) {
    like_milestones counter(100);
    EXPECT_EQ(reached(counter, 0), 0);
    EXPECT_EQ(reached(counter, 990), 0);
    EXPECT_EQ(reached(counter, 1000), 1000);
}

TEST(like_milestones, new_step_brings_no_burst) {
    like_milestones counter(1000);
    reached(counter, 1);
    EXPECT_EQ(reached(counter, 1500), 1000);
    counter.set_every(10);
    EXPECT_EQ(reached(counter, 1509), 0);
    EXPECT_EQ(reached(counter, 1510), 1510);
    counter.set_every(100'000);
    EXPECT_EQ(reached(counter, 99'999), 0);
    EXPECT_EQ(reached(counter, 100'000), 100'000);
}

TEST(like_milestones, no_step_means_no_milestones) {
    for (const std::int64_t every : {0, -5}) {
        like_milestones counter(every);
        reached(counter, 1);
        EXPECT_EQ(reached(counter, 1'000'000), 0);
        EXPECT_EQ(counter.total(), 1'000'000);
    }
}

TEST(like_milestones, largest_number_there_is_does_no_harm) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    like_milestones counter(1000);
    reached(counter, 1);
    EXPECT_EQ(reached(counter, most), most / 1000 * 1000);
    EXPECT_EQ(reached(counter, most), 0);
}

TEST(like_milestones, reset_begins_anew) {
    like_milestones counter(100);
    reached(counter, 550);
    counter.reset();
    EXPECT_EQ(counter.total(), 0);
    EXPECT_EQ(reached(counter, 30), 0);
    EXPECT_EQ(reached(counter, 100), 100);
}

}  // namespace
}  // namespace tiktok2twitch::relay
