// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/login/renewal.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const core::time_point start{std::chrono::hours(1)};

core::secret token(unsigned number) {
    return core::secret("token" + std::to_string(number));
}

TEST(unsaved_pair, is_saved_at_once_and_told_once) {
    unsaved_pair pair(7);
    EXPECT_FALSE(pair.exists());
    pair.add(token(1), start);
    EXPECT_TRUE(pair.exists());
    EXPECT_EQ(pair.save_at(), start);
    EXPECT_TRUE(pair.take_untold());
    EXPECT_FALSE(pair.take_untold());
    pair.on_saved();
    EXPECT_FALSE(pair.exists());
    EXPECT_FALSE(pair.is_spent(token(1)));
}

TEST(unsaved_pair, saving_is_tried_again_within_some_seconds_however_long_it_fails) {
    unsaved_pair pair(7);
    auto now = start;
    pair.add(token(1), now);
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(pair.on_failed(now));
        ASSERT_LE(pair.save_at() - now, seconds(18));
        now = pair.save_at();
    }
    EXPECT_TRUE(pair.exists());
    EXPECT_TRUE(pair.is_news("no space"));
    EXPECT_FALSE(pair.is_news("no space"));
    pair.on_saved();
    EXPECT_TRUE(pair.is_news("no space"));
}

TEST(unsaved_pair, before_the_end_it_is_tried_for_five_seconds_and_then_given_up) {
    unsaved_pair pair(7);
    pair.add(token(1), start);
    pair.on_stop(start);
    EXPECT_TRUE(pair.stopping());
    EXPECT_TRUE(pair.on_failed(start));
    EXPECT_EQ(pair.save_at(), start + milliseconds(500));
    pair.on_stop(start + seconds(4));  // asked again: no more time for that
    EXPECT_EQ(pair.save_at(), start + seconds(4));
    EXPECT_FALSE(pair.on_failed(start + seconds(5)));
    EXPECT_FALSE(pair.exists());
}

TEST(unsaved_pair, of_many_spent_tokens_the_first_and_the_latest_are_known) {
    unsaved_pair pair(7);
    for (unsigned i = 0; i <= unsaved_pair::most_spent; ++i)
        pair.add(token(i), start);
    EXPECT_TRUE(pair.is_spent(token(0)));
    EXPECT_FALSE(pair.is_spent(token(1)));
    EXPECT_TRUE(pair.is_spent(token(2)));
    EXPECT_TRUE(pair.is_spent(token(unsaved_pair::most_spent)));
}

TEST(unsaved_pair, what_is_worth_nothing_is_not_saved_but_what_is_given_up_is_not_told_either) {
    unsaved_pair pair(7);
    pair.add(token(1), start);
    pair.stop_saving();
    EXPECT_FALSE(pair.exists());
    EXPECT_TRUE(pair.take_untold());
    pair.add(token(2), start);
    pair.give_up();
    EXPECT_FALSE(pair.exists());
    EXPECT_FALSE(pair.take_untold());
}

}  // namespace
}  // namespace tiktok2twitch::twitch
