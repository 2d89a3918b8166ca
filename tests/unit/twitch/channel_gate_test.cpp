// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "twitch/channel_gate.hpp"

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
    gate.pause(start + minutes(10), "msg_followersonly", room_mode::followers_only);
    EXPECT_TRUE(gate.paused(start));
    EXPECT_FALSE(gate.set_role(role::moderator, settings));
    EXPECT_FALSE(gate.paused(start));
    EXPECT_FALSE(gate.set_role(role::broadcaster, settings));
    EXPECT_TRUE(gate.set_role(role::ordinary, settings));
}

TEST(channel_gate, the_end_of_the_mode_lifts_its_pause_and_no_other) {
    channel_gate gate;
    room_state no_subs;
    no_subs.subs_only = false;
    gate.pause(start + minutes(10), "msg_emoteonly", room_mode::emote_only);
    gate.merge(no_subs);
    EXPECT_TRUE(gate.paused(start));
    room_state no_emotes;
    no_emotes.emote_only = false;
    gate.merge(no_emotes);
    EXPECT_FALSE(gate.paused(start));

    gate.pause(start + minutes(10), "msg_subsonly", room_mode::subs_only);
    gate.merge(no_subs);
    EXPECT_FALSE(gate.paused(start));

    room_state followers;
    followers.followers_only = 10;
    gate.merge(followers);
    gate.pause(start + minutes(10), "msg_followersonly", room_mode::followers_only);
    gate.merge(followers);
    EXPECT_TRUE(gate.paused(start));
    followers.followers_only = 5;
    gate.merge(followers);
    EXPECT_FALSE(gate.paused(start));
}

TEST(channel_gate, a_shorter_pause_does_not_cut_a_longer_one) {
    options settings;
    channel_gate gate;
    gate.pause(start + minutes(10), "msg_timedout");
    gate.pause(start + seconds(2), "msg_ratelimit");
    EXPECT_EQ(gate.earliest(settings), start + minutes(10));
    EXPECT_EQ(gate.pause_reason(), "msg_timedout");
}

}  // namespace
}  // namespace tiktok2twitch::twitch
