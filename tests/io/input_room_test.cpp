// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/client/input_room.hpp"

#include <gmock/gmock.h>

#include "support/manifest.hpp"
#include "tiktok2twitch/tiktok/wire/recording.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using testing::ElementsAre;

constexpr core::time_point t0{std::chrono::hours(1)};
constexpr core::unix_ms wall = 1'800'000'000'000;

struct notes final : room_listener {
    void on_frame(std::string_view way, bool, std::string_view, core::time_point) override {
        ways.emplace_back(way);
    }
    void on_event(relay::event event) override { events.push_back(std::move(event)); }
    void on_ignored(std::int64_t, core::unix_ms, ignore_reason why) override {
        ++(why == ignore_reason::history ? history : duplicates);
    }
    void on_deletion(deletion what) override { deleted += what.msg_ids.size(); }
    void on_unread(const unread_counts&) override { ++unread; }
    void on_alive(std::int64_t, core::unix_ms) override { ++alive; }
    void on_state(const room_report& report) override { states.push_back(report.state); }

    std::size_t of_kind(relay::event_kind kind) const {
        return static_cast<std::size_t>(std::ranges::count(events, kind, &relay::event::kind));
    }

    std::vector<std::string> ways;
    std::vector<relay::event> events;
    int history = 0;
    int duplicates = 0;
    std::size_t deleted = 0;
    int unread = 0;
    int alive = 0;
    std::vector<room_state> states;
};

struct input_room_test : testing::Test {
    message_memory memory;
    notes heard;
    input_room room{"ann", memory, heard};

    void play(const std::string& name) {
        const auto frames = parse_recording(test::read_file(test::recording_path(name + ".jsonl.gz")));
        ASSERT_TRUE(frames);
        for (const auto& frame : *frames)
            room.on_frame(frame, t0 + std::chrono::milliseconds(frame.t), wall + frame.t);
    }
};

TEST_F(input_room_test, a_recording_is_a_live_from_its_first_frame_to_its_end) {
    play("quiet");
    const auto manifest = test::load_manifest("quiet");
    EXPECT_EQ(heard.of_kind(relay::event_kind::live_start), 1U);
    EXPECT_EQ(heard.of_kind(relay::event_kind::live_end), 1U);
    EXPECT_THAT(heard.states, ElementsAre(room_state::connected, room_state::ended));
    std::size_t chats = 0;
    for (const auto& chat : manifest.at("chats"))
        chats += chat.at("history").get<bool>() ? 0 : 1;
    EXPECT_EQ(heard.of_kind(relay::event_kind::chat), chats);
    EXPECT_GT(heard.history, 0);
    EXPECT_EQ(heard.deleted, manifest.at("deleted_msg_ids").size());
    EXPECT_EQ(heard.ways.size(), manifest.at("frames").get<std::size_t>());
    EXPECT_EQ(heard.ways.front(), "stdin");
    EXPECT_EQ(heard.alive, 5);  // once a minute
}

TEST_F(input_room_test, what_was_said_is_not_said_again) {
    play("busy");
    const auto events = heard.events.size();
    play("busy");
    EXPECT_EQ(heard.events.size(), events);
    EXPECT_GT(heard.duplicates, 1000);
}

TEST_F(input_room_test, what_cannot_be_read_is_told) {
    room.on_frame({0, "\xff"}, t0, wall);
    EXPECT_EQ(heard.unread, 1);
    EXPECT_EQ(heard.of_kind(relay::event_kind::live_start), 1U);
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
