// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/story/gift_streaks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/relay/story_support.hpp"

namespace tiktok2twitch::relay {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class gift_streaks_test : public ::testing::Test {
protected:
    std::vector<event> give(const frame& what) { return streaks.on_gift(streak_frame(what, now), now); }
    // The counts that came out.
    std::vector<std::int64_t> counts(const std::vector<event>& events) const {
        std::vector<std::int64_t> out;
        for (const event& each : events) {
            EXPECT_TRUE(each.gift->ended);
            out.push_back(each.gift->count);
        }
        return out;
    }

    static story_limits small() {
        story_limits out;
        out.open_streaks = 3;
        out.finished_streaks = 4;
        out.gift_names = 2;
        return out;
    }

    core::time_point now = t0;
    gift_streaks streaks{small()};
};

TEST_F(gift_streaks_test, streak_comes_out_once_with_its_end_frame) {
    EXPECT_THAT(give({.count = 1, .msg_id = 11}), IsEmpty());
    now += seconds(1);
    EXPECT_THAT(give({.count = 3, .msg_id = 12}), IsEmpty());
    now += seconds(1);
    const auto out = give({.count = 3, .end = true, .msg_id = 13});
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].gift->name, "Rose");
    EXPECT_EQ(out[0].gift->value(), 3);
    EXPECT_EQ(out[0].msg_id, 13) << "of the last frame";
    EXPECT_EQ(out[0].received_at, t0 + seconds(2));
    EXPECT_EQ(streaks.open(), 0U);
    EXPECT_EQ(streaks.deadline(), core::time_point::max());
}

TEST_F(gift_streaks_test, gift_that_is_no_streak_comes_out_at_once_each_time) {
    EXPECT_EQ(streaks.on_gift(single_gift(1, 6369, 29999), now).at(0).gift->value(), 29999);
    EXPECT_EQ(streaks.on_gift(single_gift(1, 6369, 29999), now).size(), 1U);
    EXPECT_EQ(streaks.open(), 0U);
}

TEST_F(gift_streaks_test, largest_count_wins_whatever_the_order) {
    give({.count = 7});
    give({.count = 5});
    EXPECT_THAT(counts(give({.count = 6, .end = true})), ElementsAre(7));
}

TEST_F(gift_streaks_test, end_that_comes_first_is_the_whole_streak) {
    EXPECT_THAT(counts(give({.count = 9, .end = true})), ElementsAre(9));
    EXPECT_THAT(give({.count = 8}), IsEmpty());
    EXPECT_EQ(streaks.open(), 0U);
}

TEST_F(gift_streaks_test, doubled_and_late_ends_change_nothing) {
    give({.count = 2});
    EXPECT_THAT(counts(give({.count = 2, .end = true})), ElementsAre(2));
    EXPECT_THAT(give({.count = 2, .end = true}), IsEmpty());
    now += minutes(15) - milliseconds(1);
    EXPECT_THAT(give({.count = 2, .end = true}), IsEmpty());
}

TEST_F(gift_streaks_test, finished_streak_is_forgotten_after_its_time_and_not_before) {
    give({.end = true});
    now += minutes(15);
    EXPECT_THAT(counts(give({.end = true})), ElementsAre(1));
}

TEST_F(gift_streaks_test, finished_streaks_over_the_bound_are_forgotten_oldest_first) {
    for (std::int64_t group = 1; group <= 4; ++group)
        give({.group = group, .end = true});
    EXPECT_THAT(give({.group = 1, .end = true}), IsEmpty());
    give({.group = 5, .end = true});
    EXPECT_THAT(give({.group = 2, .end = true}), IsEmpty());
    EXPECT_THAT(counts(give({.group = 1, .end = true})), ElementsAre(1)) << "one more than is remembered";
}

TEST_F(gift_streaks_test, streak_whose_end_is_missing_closes_after_its_silence_and_not_before) {
    give({.count = 4, .msg_id = 11});
    now += seconds(30);
    give({.count = 6, .msg_id = 12});
    EXPECT_EQ(streaks.deadline(), t0 + seconds(90));
    EXPECT_THAT(streaks.poll(t0 + seconds(90) - milliseconds(1)), IsEmpty());
    const auto out = streaks.poll(t0 + seconds(90));
    EXPECT_THAT(counts(out), ElementsAre(6));
    EXPECT_EQ(out[0].msg_id, 12);
    EXPECT_EQ(out[0].received_at, t0 + seconds(90)) << "of the poll";
    now = t0 + seconds(91);
    EXPECT_THAT(give({.count = 6, .end = true}), IsEmpty()) << "its end came after all";
    EXPECT_THAT(give({.count = 8}), IsEmpty());
}

TEST_F(gift_streaks_test, silence_counts_also_when_nobody_polled) {
    give({.user = 1, .count = 4});
    now += seconds(60);
    EXPECT_THAT(counts(give({.user = 2, .count = 1, .end = true})), ElementsAre(4, 1));
}

TEST_F(gift_streaks_test, streaks_close_in_the_order_of_their_silence) {
    give({.user = 1, .count = 1});
    give({.user = 2, .count = 2});
    now += seconds(1);
    give({.user = 1, .count = 3});
    EXPECT_THAT(counts(streaks.poll(t0 + seconds(60))), ElementsAre(2));
    EXPECT_THAT(counts(streaks.poll(t0 + seconds(61))), ElementsAre(3));
}

TEST_F(gift_streaks_test, next_streak_of_the_same_gift_closes_the_one_before) {
    give({.group = 100, .count = 5, .msg_id = 11});
    now += seconds(1);
    const auto out = give({.group = 101, .count = 1, .msg_id = 12});
    EXPECT_THAT(counts(out), ElementsAre(5));
    EXPECT_EQ(out[0].msg_id, 11);
    EXPECT_EQ(out[0].received_at, now) << "of the frame that closed it";
    EXPECT_THAT(give({.group = 100, .count = 5, .end = true}), IsEmpty());
    EXPECT_THAT(counts(give({.group = 101, .count = 2, .end = true})), ElementsAre(2));
}

TEST_F(gift_streaks_test, next_streak_that_begins_with_its_end_closes_the_one_before_too) {
    give({.group = 100, .count = 5});
    EXPECT_THAT(counts(give({.group = 101, .count = 2, .end = true})), ElementsAre(5, 2));
}

TEST_F(gift_streaks_test, interleaved_streaks_of_different_gifts_do_not_close_each_other) {
    for (std::int64_t count = 1; count <= 4; ++count) {
        EXPECT_THAT(give({.gift = 1, .group = 100, .count = count}), IsEmpty());
        EXPECT_THAT(give({.gift = 2, .group = 101, .count = count * 2}), IsEmpty());
    }
    EXPECT_EQ(streaks.open(), 2U);
    EXPECT_THAT(counts(give({.gift = 2, .group = 101, .count = 8, .end = true})), ElementsAre(8));
    EXPECT_THAT(counts(give({.gift = 1, .group = 100, .count = 4, .end = true})), ElementsAre(4));
}

TEST_F(gift_streaks_test, late_frame_of_an_older_streak_closes_nothing) {
    give({.group = 101, .count = 3});
    EXPECT_THAT(give({.group = 100, .count = 5}), IsEmpty());
    EXPECT_THAT(counts(give({.group = 100, .count = 5, .end = true})), ElementsAre(5));
    EXPECT_THAT(counts(give({.group = 101, .count = 4, .end = true})), ElementsAre(4));
}

TEST_F(gift_streaks_test, same_gift_of_another_user_is_another_streak) {
    give({.user = 1, .group = 100, .count = 3});
    EXPECT_THAT(give({.user = 2, .group = 101, .count = 1}), IsEmpty());
    EXPECT_EQ(streaks.open(), 2U);
}

TEST_F(gift_streaks_test, one_streak_more_than_may_be_open_closes_the_one_silent_for_longest) {
    give({.user = 1, .count = 1});
    give({.user = 2, .count = 2});
    give({.user = 3, .count = 3});
    give({.user = 1, .count = 4});
    EXPECT_EQ(streaks.open(), 3U);
    EXPECT_THAT(counts(give({.user = 4, .count = 5})), ElementsAre(2));
    EXPECT_EQ(streaks.open(), 3U);
}

TEST_F(gift_streaks_test, repeats_without_the_block_take_name_and_price_from_memory) {
    give({.user = 1, .gift = 50, .count = 1});
    give({.user = 1, .gift = 50, .count = 2, .with_block = false});
    const auto out = give({.user = 1, .gift = 50, .count = 3, .end = true, .with_block = false});
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].gift->name, "Gift 50");
    EXPECT_EQ(out[0].gift->value(), 150);
}

TEST_F(gift_streaks_test, name_learned_after_the_last_frame_still_counts) {
    give({.user = 1, .gift = 50, .count = 3, .with_block = false});
    give({.user = 2, .gift = 50, .count = 1});
    now += seconds(60);
    const auto out = streaks.poll(now);
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(out[0].gift->name, "Gift 50");
    EXPECT_EQ(out[0].gift->value(), 150);
}

TEST_F(gift_streaks_test, gift_that_nobody_ever_named_comes_out_without_a_name) {
    const auto out = give({.gift = 50, .count = 3, .end = true, .with_block = false});
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].gift->name, "");
    EXPECT_EQ(out[0].gift->count, 3);
}

TEST_F(gift_streaks_test, repeat_without_the_block_of_a_gift_known_as_no_streak_is_none) {
    streaks.on_gift(single_gift(1, 6369, 29999), now);
    const auto out = give({.user = 2, .gift = 6369, .with_block = false});
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].gift->coins, 29999);
    EXPECT_EQ(streaks.open(), 0U);
}

TEST_F(gift_streaks_test, names_over_the_bound_are_forgotten_oldest_first) {
    give({.user = 1, .gift = 50, .end = true});
    give({.user = 1, .gift = 51, .end = true});
    give({.user = 1, .gift = 50, .group = 200, .end = true});  // known: no new entry
    EXPECT_EQ(give({.user = 2, .gift = 50, .end = true, .with_block = false}).at(0).gift->name, "Gift 50");
    give({.user = 1, .gift = 52, .end = true});
    EXPECT_EQ(give({.user = 3, .gift = 50, .end = true, .with_block = false}).at(0).gift->name, "");
    EXPECT_EQ(give({.user = 3, .gift = 51, .end = true, .with_block = false}).at(0).gift->name, "Gift 51");
}

TEST_F(gift_streaks_test, changed_price_counts_from_then_on) {
    give({.user = 1, .gift = 50, .end = true});
    event dearer = streak_frame({.user = 1, .gift = 50, .group = 200, .end = true}, now);
    dearer.gift->coins = 99;
    streaks.on_gift(std::move(dearer), now);
    EXPECT_EQ(give({.user = 2, .gift = 50, .end = true, .with_block = false}).at(0).gift->coins, 99);
}

TEST_F(gift_streaks_test, what_comes_after_the_telling_and_counts_further_is_told_as_the_rest) {
    give({.count = 6});
    EXPECT_THAT(counts(streaks.poll(t0 + seconds(60))), ElementsAre(6));
    now = t0 + seconds(61);
    EXPECT_THAT(give({.count = 8}), IsEmpty());
    const auto rest = give({.count = 9, .end = true});
    EXPECT_THAT(counts(rest), ElementsAre(3));
    EXPECT_EQ(rest.at(0).gift->before, 6);
    EXPECT_THAT(give({.count = 9, .end = true}), IsEmpty());
}

TEST_F(gift_streaks_test, doubled_end_without_a_group_changes_nothing) {
    give({.group = 0, .count = 2});
    EXPECT_THAT(counts(give({.group = 0, .count = 2, .end = true})), ElementsAre(2));
    now += seconds(60) - milliseconds(1);
    EXPECT_THAT(give({.group = 0, .count = 2, .end = true}), IsEmpty());
    now += milliseconds(1);
    EXPECT_THAT(counts(give({.group = 0, .count = 2, .end = true})), ElementsAre(2)) << "another one";
}

TEST_F(gift_streaks_test, next_streak_without_a_group_is_another_one) {
    for (int round = 0; round < 3; ++round) {
        EXPECT_THAT(give({.group = 0, .count = 1}), IsEmpty());
        EXPECT_THAT(counts(give({.group = 0, .count = 1, .end = true})), ElementsAre(1));
    }
    EXPECT_THAT(counts(give({.group = 0, .count = 2, .end = true})), ElementsAre(2)) << "another count";
    EXPECT_THAT(counts(give({.user = 2, .group = 0, .count = 2, .end = true})), ElementsAre(2));
}

TEST_F(gift_streaks_test, streak_without_a_group_that_counts_from_one_again_is_the_next) {
    give({.group = 0, .count = 1});
    give({.group = 0, .count = 3});
    EXPECT_THAT(counts(give({.group = 0, .count = 1})), ElementsAre(3)) << "its end is missing";
    EXPECT_THAT(counts(give({.group = 0, .count = 2, .end = true})), ElementsAre(2));
}

TEST_F(gift_streaks_test, late_frames_without_a_group_belong_to_what_they_are_older_than) {
    give({.group = 0, .count = 1, .created_at = 1000});
    give({.group = 0, .count = 3, .created_at = 1002});
    EXPECT_THAT(give({.group = 0, .count = 1, .created_at = 1001}), IsEmpty());
    EXPECT_THAT(counts(give({.group = 0, .count = 3, .end = true, .created_at = 1003})), ElementsAre(3));
    EXPECT_THAT(give({.group = 0, .count = 2, .created_at = 1002}), IsEmpty());
    EXPECT_EQ(streaks.open(), 0U);
    now += seconds(61);
    EXPECT_THAT(give({.group = 0, .count = 3, .end = true, .created_at = 1002}), IsEmpty());
}

TEST_F(gift_streaks_test, streak_without_a_group_that_was_closed_without_its_end_goes_on) {
    give({.group = 0, .count = 3});
    EXPECT_THAT(counts(streaks.finish(now)), ElementsAre(3));
    EXPECT_THAT(give({.group = 0, .count = 4}), IsEmpty());
    EXPECT_THAT(counts(give({.group = 0, .count = 5, .end = true})), ElementsAre(2)) << "the rest";
    give({.group = 0, .count = 1});
    EXPECT_THAT(counts(streaks.finish(now)), ElementsAre(1));
    EXPECT_THAT(give({.group = 0, .count = 1, .end = true}), IsEmpty()) << "its late end";
}

TEST_F(gift_streaks_test, group_below_zero_is_none) {
    give({.group = -5, .count = 1});
    EXPECT_THAT(counts(give({.group = 0, .count = 2, .end = true})), ElementsAre(2));
}

TEST_F(gift_streaks_test, repeat_without_block_and_group_is_one_of_a_streak_when_the_gift_is_known) {
    give({.gift = 50, .group = 0, .count = 1});
    event repeat = streak_frame({.gift = 50, .group = 0, .count = 2, .with_block = false}, now);
    repeat.gift->streakable = false;  // nothing in it says so
    EXPECT_THAT(streaks.on_gift(std::move(repeat), now), IsEmpty());
    EXPECT_THAT(counts(give({.gift = 50, .group = 0, .count = 2, .end = true})), ElementsAre(2));
}

TEST_F(gift_streaks_test, finish_closes_everything) {
    give({.user = 1, .count = 1});
    give({.user = 2, .count = 2});
    EXPECT_THAT(counts(streaks.finish(now)), ElementsAre(1, 2));
    EXPECT_EQ(streaks.open(), 0U);
    EXPECT_THAT(streaks.finish(now), IsEmpty());
    EXPECT_THAT(give({.user = 1, .count = 1, .end = true}), IsEmpty());
}

}  // namespace
}  // namespace tiktok2twitch::relay
