// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/wire/recording_losses.hpp"

#include <gtest/gtest.h>

#include "unit/tiktok/support.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;

const core::error_code full = make_error_code(boost::system::errc::no_space_on_device);

TEST(recording_losses, are_said_when_they_begin_and_when_they_are_over) {
    recording_losses losses("r.jsonl");
    EXPECT_FALSE(losses.look(10, 0, {}, t0));
    const auto begin = losses.look(10, 1, full, t0);
    ASSERT_TRUE(begin);
    EXPECT_TRUE(begin->warning);
    EXPECT_EQ(begin->text, "r.jsonl: " + full.message() + "; what comes now is missing in the recording");
    EXPECT_FALSE(losses.look(10, 2, full, t0));
    const auto over = losses.look(11, 2, {}, t0 + seconds(9));
    ASSERT_TRUE(over);
    EXPECT_FALSE(over->warning);
    EXPECT_EQ(over->text, "r.jsonl: recording again; 2 messages are missing");
    EXPECT_FALSE(losses.look(12, 2, {}, t0 + seconds(9)));
}

TEST(recording_losses, that_come_and_go_are_said_every_five_minutes) {
    recording_losses losses("r.jsonl");
    int said = 0;
    for (std::uint64_t i = 1; i <= 60; ++i) {
        const auto now = t0 + seconds(10 * i);
        said += losses.look(i, i, full, now) ? 1 : 0;
        said += losses.look(i + 1, i, {}, now) ? 1 : 0;
    }
    EXPECT_EQ(said, 4);  // twice in ten minutes, and that it was over
}

TEST(recording_losses, a_slow_disk_and_the_end) {
    recording_losses losses("r.jsonl");
    EXPECT_EQ(losses.look(0, 1, {}, t0)->text,
              "r.jsonl: the disk is too slow; what comes now is missing in the recording");
    EXPECT_EQ(losses.summary(1204, 0).text, "r.jsonl: 1,204 messages recorded");
    EXPECT_FALSE(losses.summary(1204, 0).warning);
    EXPECT_EQ(losses.summary(1, 1).text,
              "r.jsonl: 1 message recorded, 1 is missing because the disk did not take it");
    EXPECT_TRUE(losses.summary(1, 2).warning);
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
