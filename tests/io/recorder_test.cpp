// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/client/recorder.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include "support/temp_dir.hpp"
#include "tiktok2twitch/tiktok/wire/recording.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr core::time_point t0{std::chrono::hours(1)};
const std::string chat =
    R"({"event":"chat","data":{"comment":"hello there","uniqueId":"annabel","msgId":"7"}})";

struct recorder_test : testing::Test {
    test::temp_dir dir;

    std::vector<recorded_frame> frames_in(const std::string& name) const {
        auto parsed = parse_recording(dir.read(name));
        EXPECT_TRUE(parsed) << parsed.error().text();
        return parsed ? *std::move(parsed) : std::vector<recorded_frame>();
    }
};

TEST_F(recorder_test, one_room_is_written_to_the_file_itself) {
    {
        recorder tape({{dir.file("r.jsonl")}, {dir.file("a.jsonl.gz"), true}}, {1, 2});
        EXPECT_EQ(tape.open({"annabel"}), nullptr);
        tape.on_frame("annabel", "direct", false, "\x01\xff", t0);
        tape.on_frame("annabel", "tikfinity", true, chat, t0 + std::chrono::milliseconds(1500));
        tape.on_frame("annabel", "tikfinity", true, R"({"event":"config","data":{"secret":1}})", t0);
    }
    const auto frames = frames_in("r.jsonl");
    ASSERT_EQ(frames.size(), 2U);
    EXPECT_EQ(frames[0].t, 0);
    EXPECT_EQ(frames[0].frame, "\x01\xff");
    EXPECT_EQ(frames[0].way, "direct");
    EXPECT_EQ(frames[0].room, "annabel");
    EXPECT_EQ(frames[1].t, 1500);
    EXPECT_EQ(frames[1].frame, chat);
    EXPECT_EQ(frames[1].way, "tikfinity");
    const auto others = frames_in("a.jsonl.gz");
    ASSERT_EQ(others.size(), 2U);
    EXPECT_THAT(others[1].frame, HasSubstr("\"event\":\"chat\""));
    EXPECT_THAT(others[1].frame, Not(HasSubstr("annabel")));
    EXPECT_THAT(others[1].frame, Not(HasSubstr("hello")));
    EXPECT_THAT(others[1].room, Not(HasSubstr("annabel")));
}

TEST_F(recorder_test, several_rooms_have_a_file_each) {
    {
        recorder tape({{dir.file("r.jsonl")}, {dir.file("a.jsonl"), true}}, {1, 2});
        EXPECT_EQ(tape.open({"ann.one", "bob.two"}), nullptr);
        tape.on_frame("ann.one", "direct", false, "a", t0);
        tape.on_frame("bob.two", "direct", false, "b", t0 + std::chrono::seconds(1));
        tape.on_frame("late", "direct", false, "c", t0 + std::chrono::seconds(2));
    }
    EXPECT_EQ(frames_in("r-ann.one.jsonl").at(0).frame, "a");
    EXPECT_EQ(frames_in("r-bob.two.jsonl").at(0).t, 0);
    EXPECT_EQ(frames_in("r-late.jsonl").at(0).room, "late");
    int anonymous = 0;
    for (const auto& each : std::filesystem::directory_iterator(dir.path())) {
        const std::string name = each.path().filename();
        anonymous += name.starts_with("a-") ? 1 : 0;
        if (name.starts_with("a-")) {
            EXPECT_THAT(name, Not(HasSubstr("ann"))) << name;
        }
    }
    EXPECT_EQ(anonymous, 3);
}

TEST_F(recorder_test, a_place_that_cannot_be_written_is_named_at_once) {
    recorder tape({{dir.file("missing/r.jsonl")}}, {1, 2});
    const auto failed = tape.open({"ann"});
    ASSERT_NE(failed, nullptr);
    EXPECT_EQ(failed->path, dir.file("missing/r.jsonl"));
    EXPECT_EQ(failed->why, boost::system::errc::no_such_file_or_directory);
}

TEST_F(recorder_test, a_disk_that_does_not_keep_up_costs_frames_and_never_waits) {
    const std::string large(1024 * 1024, 'x');
    const auto begin = std::chrono::steady_clock::now();
    {
        recorder tape({{dir.file("r.jsonl")}}, {1, 2});
        EXPECT_EQ(tape.open({"ann"}), nullptr);
        for (int i = 0; i < 200; ++i)
            tape.on_frame("ann", "direct", false, large, t0);
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
    }
    const auto frames = frames_in("r.jsonl");
    for (const auto& frame : frames)
        EXPECT_EQ(frame.frame.size(), large.size());
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
