// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/sending/channel_gate.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const core::time_point start{std::chrono::hours(1)};

room_state with_slow(int value) {
    room_state out;
    out.slow = seconds(value);
    return out;
}

TEST(channel_gate, spacing_follows_the_rank) {
    options settings;
    channel_gate gate;
    gate.on_written(start);
    EXPECT_EQ(gate.earliest(settings), start + milliseconds(1250));
    gate.set_role(role::moderator, settings);
    EXPECT_EQ(gate.earliest(settings), start + milliseconds(150));
}

TEST(channel_gate, a_late_answer_pushes_the_next_line_back) {
    options settings;
    channel_gate gate;
    gate.on_written(start);
    gate.on_accepted(start + milliseconds(100));
    EXPECT_EQ(gate.earliest(settings), start + milliseconds(1250));
    gate.on_accepted(start + milliseconds(900));
    EXPECT_EQ(gate.earliest(settings), start + milliseconds(1900));
    settings.spacing_normal = {};
    EXPECT_EQ(gate.earliest(settings), start + milliseconds(900));
}

TEST(channel_gate, slow_mode_binds_ordinary_users_only) {
    options settings;
    channel_gate gate;
    gate.on_written(start);
    gate.merge(with_slow(1));
    EXPECT_EQ(gate.earliest(settings), start + milliseconds(1500));
    gate.merge(with_slow(30));
    EXPECT_EQ(gate.earliest(settings), start + milliseconds(30500));
    gate.merge(room_state{});  // a change of something else
    EXPECT_EQ(gate.earliest(settings), start + milliseconds(30500));
    gate.set_role(role::vip, settings);
    EXPECT_EQ(gate.earliest(settings), start + milliseconds(1250));
}

TEST(channel_gate, vip_has_the_high_tier_only_by_option) {
    options settings;
    channel_gate gate;
    gate.set_role(role::vip, settings);
    EXPECT_EQ(gate.tier_of(settings), tier::low);
    settings.vip_is_moderator = true;
    EXPECT_EQ(gate.tier_of(settings), tier::high);
}

TEST(channel_gate, a_rise_ends_pauses_and_a_fall_is_reported) {
    options settings;
    channel_gate gate;
    gate.pause(hold_kind::refusal, minutes(10), "msg_followersonly", start, room_mode::followers_only);
    EXPECT_TRUE(gate.standing(start));
    EXPECT_FALSE(gate.set_role(role::moderator, settings));
    EXPECT_FALSE(gate.standing(start));
    EXPECT_FALSE(gate.set_role(role::broadcaster, settings));
    EXPECT_TRUE(gate.set_role(role::ordinary, settings));
}

TEST(channel_gate, the_end_of_the_mode_lifts_its_pause_and_no_other) {
    channel_gate gate;
    room_state no_subs;
    no_subs.subs_only = false;
    gate.pause(hold_kind::refusal, minutes(10), "msg_emoteonly", start, room_mode::emote_only);
    gate.merge(no_subs);
    EXPECT_TRUE(gate.standing(start));
    room_state no_emotes;
    no_emotes.emote_only = false;
    gate.merge(no_emotes);
    EXPECT_FALSE(gate.standing(start));

    gate.pause(hold_kind::refusal, minutes(10), "msg_subsonly", start, room_mode::subs_only);
    gate.merge(no_subs);
    EXPECT_FALSE(gate.standing(start));

    room_state followers;
    followers.followers_only = 10;
    gate.merge(followers);
    gate.pause(hold_kind::refusal, minutes(10), "msg_followersonly", start, room_mode::followers_only);
    gate.merge(followers);
    EXPECT_TRUE(gate.standing(start));
    followers.followers_only = 5;
    gate.merge(followers);
    EXPECT_FALSE(gate.standing(start));
}

TEST(channel_gate, of_one_kind_the_newest_counts_of_several_the_longest) {
    options settings;
    channel_gate gate;
    gate.time_out(minutes(10), "msg_timedout", start);
    gate.pause(hold_kind::pace, seconds(2), "msg_ratelimit", start);
    EXPECT_EQ(gate.earliest(settings), start + minutes(10));
    ASSERT_TRUE(gate.standing(start));
    EXPECT_EQ(gate.standing(start)->reason, "msg_timedout");
    gate.time_out(seconds(1), "msg_timedout", start);
    EXPECT_EQ(gate.earliest(settings), start + seconds(2));
    EXPECT_EQ(gate.standing(start)->reason, "msg_ratelimit");
    EXPECT_FALSE(gate.standing(start + seconds(2)));
}

TEST(channel_gate, no_number_from_outside_pauses_for_longer_than_ten_minutes) {
    const auto weeks = std::chrono::hours(24 * 14);
    for (const auto kind : {hold_kind::pace, hold_kind::slow_mode, hold_kind::timeout, hold_kind::refusal,
                            hold_kind::trouble}) {
        channel_gate gate;
        gate.pause(kind, weeks, "x", start);
        EXPECT_EQ(gate.earliest({}), start + minutes(10));
    }
    channel_gate timed_out;
    timed_out.time_out(weeks, "x", start);
    EXPECT_EQ(timed_out.earliest({}), start + minutes(10));
    channel_gate slow;
    slow.on_written(start);
    slow.merge(with_slow(1'209'600));
    EXPECT_EQ(slow.earliest({}), start + minutes(10));
    channel_gate mute;
    mute.pause(hold_kind::mute, weeks, "x", start);
    EXPECT_EQ(mute.earliest({}), start + minutes(30));
}

TEST(channel_gate, any_word_about_slow_mode_ends_its_pause_and_the_spacing_keeps_what_is_left) {
    for (const int slow : {0, 5}) {
        channel_gate gate;
        gate.on_written(start);
        gate.pause(hold_kind::slow_mode, seconds(45), "msg_slowmode", start);
        gate.merge(room_state{});
        EXPECT_EQ(gate.earliest({}), start + seconds(45));
        gate.merge(with_slow(slow));
        EXPECT_EQ(gate.earliest({}), start + (slow == 0 ? milliseconds(1250) : milliseconds(5500)));
    }
}

TEST(channel_gate, a_long_wait_teaches_no_slow_mode) {
    channel_gate gate;
    gate.learn_slow_mode(seconds(121));
    EXPECT_EQ(gate.slow_mode(), seconds(0));
    gate.learn_slow_mode(seconds(120));
    EXPECT_EQ(gate.slow_mode(), seconds(120));
}

TEST(channel_gate, only_a_rank_above_the_one_that_was_refused_ends_a_pause) {
    options settings;
    channel_gate gate;
    gate.pause(hold_kind::refusal, minutes(10), "msg_subsonly", start, room_mode::subs_only);
    gate.set_role(role::vip, settings);
    EXPECT_FALSE(gate.standing(start));
    gate.pause(hold_kind::timeout, minutes(10), "msg_timedout", start);
    gate.set_role(role::vip, settings);
    EXPECT_TRUE(gate.standing(start));
    gate.set_role(role::moderator, settings);
    EXPECT_FALSE(gate.standing(start));
    gate.pause(hold_kind::timeout, minutes(10), "msg_timedout", start);
    gate.set_role(role::moderator, settings);
    EXPECT_TRUE(gate.standing(start)) << "refused although a moderator: being one is no news";
    gate.time_out(minutes(10), "msg_timedout", start);
    gate.set_role(role::moderator, settings);
    EXPECT_FALSE(gate.standing(start)) << "made one again after the timeout";
}

TEST(channel_gate, followers_only_that_becomes_known_or_stricter_ends_nothing) {
    channel_gate gate;
    room_state followers;
    gate.pause(hold_kind::refusal, minutes(10), "msg_followersonly", start, room_mode::followers_only);
    for (const int needed : {10, 10, 60}) {
        followers.followers_only = needed;
        gate.merge(followers);
        EXPECT_TRUE(gate.standing(start)) << needed;
    }
    followers.followers_only = -1;
    gate.merge(followers);
    EXPECT_FALSE(gate.standing(start));
    gate.pause(hold_kind::refusal, minutes(10), "msg_followersonly", start, room_mode::followers_only);
    gate.merge(followers);
    EXPECT_FALSE(gate.standing(start)) << "off all the time, as a JOIN tells";
}

TEST(channel_gate, a_lift_leaves_what_passes_soon) {
    channel_gate gate;
    gate.pause(hold_kind::mute, minutes(10), "suspected_mute", start);
    gate.pause(hold_kind::pace, seconds(8), "msg_ratelimit", start);
    gate.lift();
    EXPECT_EQ(gate.earliest({}), start + seconds(8));
}

}  // namespace
}  // namespace tiktok2twitch::twitch
