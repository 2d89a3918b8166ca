// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/irc/join_plan.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const core::time_point start{std::chrono::hours(1)};
const core::duration timeout = seconds(10);

TEST(join_plan, at_most_fifteen_joins_in_ten_seconds_also_over_a_reconnect) {
    join_plan plan;
    for (int i = 0; i < 40; ++i)
        plan.add("c" + std::to_string(i));
    int joined = 0;
    while (plan.next(timeout, start))
        ++joined;
    EXPECT_EQ(joined, 15);
    plan.reset();
    EXPECT_FALSE(plan.next(timeout, start + milliseconds(9999)));
    EXPECT_EQ(plan.deadline(start + seconds(1)), start + seconds(10));
    EXPECT_TRUE(plan.next(timeout, start + seconds(10)));
}

TEST(join_plan, an_unanswered_join_is_repeated_ever_more_rarely_and_reported_once) {
    join_plan plan;
    plan.add("nobody");
    auto now = start;
    std::vector<long> gaps;
    int reports = 0;
    for (int i = 0; i < 8; ++i) {
        ASSERT_TRUE(plan.next(timeout, now));
        EXPECT_FALSE(plan.next(timeout, now));
        const auto again = plan.deadline(now);
        gaps.push_back(std::chrono::duration_cast<seconds>(again - now).count());
        now = again;
        reports += static_cast<int>(plan.take_unanswered(now).size());
    }
    EXPECT_EQ(gaps, (std::vector<long>{10, 20, 40, 80, 160, 300, 300, 300}));
    EXPECT_EQ(reports, 1);
}

TEST(join_plan, ready_when_both_answers_came) {
    join_plan plan;
    plan.add("c");
    plan.next(timeout, start);
    plan.on_room_state("c", start);
    EXPECT_TRUE(plan.take_ready(start).empty());
    EXPECT_TRUE(plan.on_user_state("c", start + milliseconds(20)));
    const auto ready = plan.take_ready(start + milliseconds(20));
    ASSERT_EQ(ready.size(), 1U);
    EXPECT_TRUE(ready[0].saw_user_state);
    EXPECT_TRUE(plan.ready("c"));
    EXPECT_FALSE(plan.on_user_state("c", start + seconds(1)));  // now it answers a line
    EXPECT_EQ(plan.deadline(start), core::time_point::max());
}

TEST(join_plan, one_answer_is_enough_after_two_seconds) {
    join_plan plan;
    plan.add("c");
    plan.next(timeout, start);
    plan.on_room_state("c", start);
    EXPECT_EQ(plan.deadline(start), start + seconds(2));
    EXPECT_TRUE(plan.take_ready(start + milliseconds(1999)).empty());
    const auto ready = plan.take_ready(start + seconds(2));
    ASSERT_EQ(ready.size(), 1U);
    EXPECT_FALSE(ready[0].saw_user_state);
}

TEST(join_plan, a_channel_is_joined_again_after_a_part_of_our_own) {
    join_plan plan;
    plan.add("c");
    plan.next(timeout, start);
    plan.on_room_state("c", start);
    plan.on_user_state("c", start);
    plan.take_ready(start);
    EXPECT_TRUE(plan.join_again("c"));
    EXPECT_FALSE(plan.ready("c"));
    EXPECT_EQ(plan.next(timeout, start + seconds(1)), "c");
    EXPECT_TRUE(plan.on_part("c")) << "its echo";
    EXPECT_TRUE(plan.on_user_state("c", start + seconds(1))) << "answers no line";
    EXPECT_FALSE(plan.join_again("c")) << "is being answered";
    plan.on_room_state("c", start + seconds(1));
    EXPECT_EQ(plan.take_ready(start + seconds(1)).size(), 1U);
}

TEST(join_plan, a_join_that_was_not_answered_is_repeated_at_once) {
    join_plan plan;
    EXPECT_FALSE(plan.join_again("c"));
    EXPECT_TRUE(plan.next(timeout, start));
    EXPECT_FALSE(plan.next(timeout, start + seconds(1)));
    EXPECT_FALSE(plan.join_again("c"));
    EXPECT_TRUE(plan.take_unanswered(start + seconds(1)).empty());
    EXPECT_TRUE(plan.next(timeout, start + seconds(1)));
    EXPECT_EQ(plan.take_unanswered(start + seconds(11)).size(), 1U);
    plan.forget("c");
    EXPECT_FALSE(plan.wants("c"));
}

TEST(join_plan, own_parts_are_told_from_being_thrown_out) {
    join_plan plan;
    plan.add("c");
    EXPECT_FALSE(plan.remove("c"));  // nothing was asked yet
    plan.add("c");
    plan.next(timeout, start);
    EXPECT_TRUE(plan.remove("c"));
    EXPECT_TRUE(plan.on_part("c"));
    EXPECT_FALSE(plan.on_part("c"));
    EXPECT_FALSE(plan.remove("c"));
}

}  // namespace
}  // namespace tiktok2twitch::twitch
