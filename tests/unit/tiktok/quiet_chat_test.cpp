// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/room/quiet_chat.hpp"

#include <gtest/gtest.h>

#include "unit/tiktok/support.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;
using std::chrono::minutes;

void be_busy(quiet_chat& chat, core::time_point& now, core::duration time) {
    for (const auto end = now + time; now < end; now += seconds(10))
        chat.on_other(now);
}

TEST(quiet_chat, three_minutes_of_traffic_without_a_comment_are_a_hint_that_a_comment_ends) {
    quiet_chat chat;
    auto now = t0;
    be_busy(chat, now, minutes(3));
    EXPECT_FALSE(chat.hint());
    chat.on_other(now);
    EXPECT_TRUE(chat.hint());
    chat.on_comment();
    EXPECT_FALSE(chat.hint());
}

TEST(quiet_chat, who_comes_late_has_not_been_silent_before) {
    quiet_chat chat;
    auto now = t0 + minutes(60);
    be_busy(chat, now, minutes(3));
    EXPECT_FALSE(chat.hint());
}

TEST(quiet_chat, two_late_joiners_are_no_crowd) {
    quiet_chat chat;
    chat.on_other(t0);
    chat.on_other(t0 + minutes(30));
    EXPECT_FALSE(chat.hint());
    chat.on_other(t0 + minutes(31));
    EXPECT_TRUE(chat.hint());
}

TEST(quiet_chat, where_comments_came_silence_may_last_longer) {
    quiet_chat chat;
    auto now = t0;
    chat.on_comment();
    be_busy(chat, now, minutes(10));
    EXPECT_FALSE(chat.hint());
    chat.on_other(now);
    EXPECT_TRUE(chat.hint());
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
