// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/room/live_story.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::tiktok {
namespace {

using relay::event_kind;

TEST(live_story, start_is_told_when_the_room_is_first_heard_and_not_at_reconnects) {
    live_story live(0);
    EXPECT_EQ(live.on_state(room_state::connected), std::nullopt);
    EXPECT_EQ(live.on_heard(1), event_kind::live_start);
    EXPECT_EQ(live.on_heard(1), std::nullopt);
    EXPECT_EQ(live.on_state(room_state::connecting), std::nullopt);
    EXPECT_EQ(live.on_state(room_state::unreachable), std::nullopt);
    EXPECT_EQ(live.on_state(room_state::connected), std::nullopt);
    EXPECT_EQ(live.on_heard(1), std::nullopt);
}

TEST(live_story, live_of_an_earlier_process_is_not_told_again_but_its_end_and_the_next_are) {
    live_story live(1);
    EXPECT_EQ(live.on_heard(1), std::nullopt);
    EXPECT_EQ(live.on_state(room_state::ended), event_kind::live_end);
    EXPECT_EQ(live.on_heard(2), event_kind::live_start);
}

TEST(live_story, new_room_id_without_an_end_is_a_start) {
    live_story live(1);
    EXPECT_EQ(live.on_heard(2), event_kind::live_start);
}

TEST(live_story, end_is_told_once_and_only_of_a_live_that_was_heard) {
    live_story live(0);
    EXPECT_EQ(live.on_state(room_state::ended), std::nullopt);
    live.on_heard(1);
    EXPECT_EQ(live.on_state(room_state::ended), event_kind::live_end);
    EXPECT_EQ(live.on_state(room_state::offline), std::nullopt);
    EXPECT_EQ(live.on_state(room_state::ended), std::nullopt);
}

TEST(live_story, live_that_comes_back_after_its_end_starts_again) {
    live_story live(0);
    live.on_heard(1);
    live.on_state(room_state::ended);
    EXPECT_EQ(live.on_heard(1), event_kind::live_start);
    EXPECT_EQ(live.on_state(room_state::ended), event_kind::live_end);
}

TEST(live_story, each_pause_is_told_once_also_over_a_reconnect) {
    live_story live(0);
    live.on_heard(1);
    EXPECT_EQ(live.on_state(room_state::paused), event_kind::live_pause);
    EXPECT_EQ(live.on_state(room_state::connecting), std::nullopt);
    EXPECT_EQ(live.on_state(room_state::paused), std::nullopt);
    EXPECT_EQ(live.on_state(room_state::connected), std::nullopt) << "it goes on, it does not start";
    EXPECT_EQ(live.on_state(room_state::paused), event_kind::live_pause);
}

TEST(live_story, live_found_paused_starts_and_was_not_paused_now) {
    live_story live(0);
    EXPECT_EQ(live.on_state(room_state::paused), std::nullopt);
    EXPECT_EQ(live.on_heard(1), event_kind::live_start);
    EXPECT_EQ(live.on_state(room_state::connecting), std::nullopt);
    EXPECT_EQ(live.on_state(room_state::paused), std::nullopt);
}

TEST(live_story, pause_does_not_outlive_its_live) {
    live_story live(0);
    live.on_heard(1);
    live.on_state(room_state::paused);
    live.on_state(room_state::ended);
    live.on_heard(2);
    EXPECT_EQ(live.on_state(room_state::paused), event_kind::live_pause);
}

TEST(live_story, both_ways_to_end_are_one) {
    EXPECT_EQ(state_after(room_change::paused), room_state::paused);
    EXPECT_EQ(state_after(room_change::resumed), room_state::connected);
    EXPECT_EQ(state_after(room_change::ended), room_state::ended);
    EXPECT_EQ(state_after(room_change::suspended), room_state::ended);
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
