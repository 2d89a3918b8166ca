// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/recording/recorded_session.hpp"

#include <gtest/gtest.h>

#include "unit/tiktok/support.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;

const std::string tikfinity_chat =
    R"({"event":"chat","data":{"comment":"hi","userId":"5","uniqueId":"ann","nickname":"Ann","msgId":"7","createTime":"1764500000000"}})";
const std::string managed_chat =
    R"({"timestamp":1764500000000,"messages":[{"type":"WebcastChatMessage","data":{"common":{"msgId":"8"},"comment":"hi","user":{"userId":"5","uniqueId":"ann"}}}]})";

recorded_frame text_frame(const std::string& way, const std::string& text) {
    recorded_frame out;
    out.frame = text;
    out.text = true;
    out.way = way;
    return out;
}

TEST(recorded_session, every_way_is_read_as_it_was_and_all_are_counted) {
    recorded_session session;
    EXPECT_EQ(session.read({0, frame_of({chat_message(1), chat_message(2)})}, t0).events.size(), 2U);
    EXPECT_EQ(session.read(text_frame("tikfinity", tikfinity_chat), t0).events.at(0).what.msg_id, 7);
    EXPECT_EQ(session.read(text_frame("managed", managed_chat), t0).events.at(0).what.msg_id, 8);
    recorded_frame original{0, frame_of({chat_message(3)})};
    original.way = "managed";
    EXPECT_EQ(session.read(original, t0).events.at(0).what.msg_id, 3);
    original.frame = gzip(managed_chat);
    EXPECT_EQ(session.read(original, t0).events.at(0).what.msg_id, 8);
    EXPECT_EQ(session.read({0, "\xff"}, t0).unread.undecodable_frames, 1U);
    EXPECT_EQ(session.counts().frames, 6U);
    EXPECT_EQ(session.counts().messages, 6U);
    EXPECT_EQ(session.counts().undecodable_frames, 1U);
}

TEST(recorded_session, a_text_frame_without_a_way_is_told_by_its_form) {
    recorded_session session;
    for (const char* way : {"", "stdin", "other"}) {
        EXPECT_EQ(session.read(text_frame(way, tikfinity_chat), t0).events.at(0).what.msg_id, 7);
        EXPECT_EQ(session.read(text_frame(way, managed_chat), t0).events.at(0).what.msg_id, 8);
    }
    EXPECT_EQ(session.read(text_frame("", "no json"), t0).unread.undecodable_frames, 1U);
}

TEST(recorded_session, ways_and_rooms_from_outside_are_bounded) {
    recorded_session session;
    for (int i = 0; i < 1000; ++i) {
        recorded_frame frame{0, frame_of({chat_message(i + 1)})};
        frame.way = "way" + std::to_string(i);
        EXPECT_EQ(session.read(frame, t0).events.size(), 1U);
        frame.way = "managed";
        frame.room = "room" + std::to_string(i);
        EXPECT_EQ(session.read(frame, t0).events.size(), 1U);
    }
    EXPECT_EQ(session.counts().frames, 2000U);
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
