// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/wire/recorded_session.hpp"

#include <gtest/gtest.h>

#include "unit/tiktok/support.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;

recorded_frame text_frame(const std::string& way) {
    recorded_frame out;
    out.frame = "{}";
    out.text = true;
    out.way = way;
    return out;
}

TEST(recorded_session, text_frames_go_to_the_reader_and_all_are_counted) {
    std::vector<std::string> ways;
    recorded_session session(
        [&ways](const recorded_frame& frame, core::time_point now, frame_counts& counts) {
            EXPECT_EQ(now, t0);
            ways.push_back(frame.way);
            ++counts.frames;
            decoded_batch out;
            out.events.emplace_back();
            return out;
        });
    EXPECT_EQ(session.read({0, frame_of({chat_message(1), chat_message(2)})}, t0).events.size(), 2U);
    EXPECT_EQ(session.read(text_frame("tikfinity"), t0).events.size(), 1U);
    EXPECT_EQ(session.read({0, "\xff"}, t0).unread.undecodable_frames, 1U);
    EXPECT_EQ(ways, std::vector<std::string>{"tikfinity"});
    EXPECT_EQ(session.counts().frames, 3U);
    EXPECT_EQ(session.counts().messages, 2U);
    EXPECT_EQ(session.counts().undecodable_frames, 1U);
}

TEST(recorded_session, without_a_reader_text_frames_are_unknown) {
    recorded_session session;
    EXPECT_TRUE(session.read(text_frame("managed"), t0).events.empty());
    EXPECT_EQ(session.counts().unknown_frames, 1U);
}

TEST(recorded_session, ways_and_rooms_from_outside_are_bounded) {
    recorded_session session;
    for (int i = 0; i < 1000; ++i) {
        recorded_frame frame{0, frame_of({chat_message(i + 1)})};
        frame.way = "way" + std::to_string(i);
        EXPECT_EQ(session.read(frame, t0).events.size(), 1U);
    }
    EXPECT_EQ(session.counts().frames, 1000U);
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
