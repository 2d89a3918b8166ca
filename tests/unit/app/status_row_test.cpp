// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <gtest/gtest.h>

#include "tiktok2twitch/app/status/status.hpp"

namespace tiktok2twitch::app {
namespace {

using namespace std::chrono_literals;
using tiktok::room_state;

room_facts room(room_state state) {
    room_facts out;
    out.tiktok = "ann";
    out.state = state;
    out.since = 90s;
    return out;
}

class status_row_test : public testing::Test {
protected:
    status_row_test() {
        auto live = room(room_state::connected);
        live.live_for = 12min;
        live.viewers = 340;
        facts.phase = "running";
        facts.rooms.push_back(live);
        facts.routes.push_back({"ann", "chan", 1204, 0, 3});
        facts.connection.online = true;
        facts.budget.normal = {3, 18};
        facts.budget.moderator = {22, 90};
        twitch::channel_status channel;
        channel.channel = "chan";
        channel.state = twitch::channel_state::ready;
        channel.high_tier = true;
        facts.channels.push_back(channel);
    }
    status_facts facts;
};

TEST_F(status_row_test, all_is_well) {
    EXPECT_EQ(status_row(facts),
              "live 12 min · 340 viewers · relayed 1,204 · waiting 3 · lost 0 · 22 of 90 lines");
    facts.channels.at(0).high_tier = false;
    facts.rooms.at(0).viewers = 1;
    facts.channels.at(0).oldest_waiting = 8s;
    EXPECT_EQ(status_row(facts),
              "live 12 min · 1 viewer · relayed 1,204 · waiting 3 · lost 0 · 8 s late · 3 of 18 lines");
}

TEST_F(status_row_test, a_room_that_is_not_read_has_its_own_words) {
    const auto first = [this](room_state state, std::optional<core::duration> next) {
        facts.rooms.at(0) = room(state);
        facts.rooms.at(0).next_try = next;
        const auto row = status_row(facts);
        return row.substr(0, row.find(" · relayed"));
    };
    EXPECT_EQ(first(room_state::offline, 23500ms), "offline · next look in 24 s");
    EXPECT_EQ(first(room_state::ended, std::nullopt), "offline");
    EXPECT_EQ(first(room_state::looking_up, std::nullopt), "looking the account up");
    EXPECT_EQ(first(room_state::connecting, 2s), "live, but not connected · next try in 2 s");
    EXPECT_EQ(first(room_state::paused, std::nullopt), "live paused by the streamer");
    EXPECT_EQ(first(room_state::unreachable, 4s), "TikTok cannot be reached for 1 min · next try in 4 s");
    EXPECT_EQ(first(room_state::missing, 5min), "no such TikTok account · next look in 5 min");
}

TEST_F(status_row_test, what_keeps_twitch_from_getting_lines_stands_in_front) {
    const auto second = [this] {
        const auto row = status_row(facts);
        const auto from = row.find(" · ") + 4;
        return row.substr(from, row.find(" · ", from) - from);
    };
    facts.channels.at(0).state = twitch::channel_state::paused;
    facts.channels.at(0).reason = "msg_followersonly";
    facts.channels.at(0).next_try = 61s;
    EXPECT_EQ(second(), "#chan is in followers-only mode, next try in 1 min 1 s");
    facts.channels.at(0).reason = "msg_new_kind";
    EXPECT_EQ(second(), "#chan is paused (msg_new_kind), next try in 1 min 1 s");
    facts.channels.at(0).state = twitch::channel_state::joining;
    EXPECT_EQ(second(), "#chan does not let us in yet");
    facts.connection = {false, 3min, 8s, "gone"};
    EXPECT_EQ(second(), "Twitch away for 3 min, next try in 8 s");
    facts.connection = {};
    EXPECT_EQ(second(), "Twitch away, connecting");
    facts.problem = "login_needed";
    EXPECT_EQ(second(), "no Twitch login");
    facts.dry_run = true;
    EXPECT_EQ(second(), "dry run");
}

TEST_F(status_row_test, several_rooms_are_summed_up) {
    auto other = room(room_state::offline);
    other.next_try = 20s;
    facts.rooms.push_back(other);
    facts.routes.push_back({"bob", "chan", 2, 5, 0});
    EXPECT_EQ(status_row(facts),
              "1 of 2 live · 340 viewers · relayed 1,206 · waiting 3 · lost 5 · 22 of 90 lines");
    facts.rooms.at(0) = room(room_state::offline);
    facts.rooms.at(0).next_try = 7s;
    EXPECT_TRUE(status_row(facts).starts_with("all 2 rooms: offline · next look in 7 s · relayed"));
    facts.rooms.at(0) = room(room_state::unreachable);
    EXPECT_TRUE(status_row(facts).starts_with("1 of 2 rooms: TikTok cannot be reached for 1 min · relayed"));
}

}  // namespace
}  // namespace tiktok2twitch::app
