// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/moderator_commands.hpp"

#include <gmock/gmock.h>

#include "tiktok2twitch/app/service/channel_watch.hpp"
#include "tiktok2twitch/app/service/deletions.hpp"

namespace tiktok2twitch::app {
namespace {

using testing::EndsWith;

TEST(held_answers, name_what_is_still_held) {
    EXPECT_EQ(answer_with_held("dropped", {}), "dropped; nothing more is held");
    EXPECT_EQ(answer_with_held("said", {4, 5}), "said; still held: 4, 5");
    EXPECT_THAT(answer_with_held("said", std::vector<std::uint64_t>(12, 7)), EndsWith("7, 7 and 2 more"));
}

TEST(held_answers, say_why_nothing_was_decided) {
    EXPECT_EQ(answer_not_decided(3, {4}), "number 3 is not held; still held: 4");
    EXPECT_EQ(answer_not_decided(0, {}), "nothing is held");
    EXPECT_EQ(answer_not_decided(0, {4, 5}), "which one? 4, 5 are held; their words are in the relay's log");
}

TEST(deletions, what_was_not_deleted_has_a_reason) {
    EXPECT_EQ(reason_of(twitch::deletion::gone), "line_gone");
    EXPECT_EQ(reason_of(twitch::deletion::immune), "deletion_refused");
    EXPECT_EQ(reason_of(twitch::deletion::no_token), "login_needed");
    EXPECT_EQ(reason_of(twitch::deletion::rate_limited), "deletion_failed");
}

TEST(channel_watch, only_a_ban_makes_the_bot_deaf) {
    twitch::channel_status channel;
    channel.state = twitch::channel_state::blocked;
    channel.reason = "msg_channel_suspended";
    EXPECT_FALSE(is_banned_in(channel));
    channel.reason = "msg_banned";
    EXPECT_TRUE(is_banned_in(channel));
    channel.state = twitch::channel_state::paused;
    EXPECT_FALSE(is_banned_in(channel));
}

}  // namespace
}  // namespace tiktok2twitch::app
