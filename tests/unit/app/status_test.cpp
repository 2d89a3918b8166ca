// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/status/status.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/policy.hpp"

namespace tiktok2twitch::app {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

const core::time_point now{std::chrono::hours(1)};

relay::event comment(std::int64_t msg_id, const std::string& text) {
    relay::event event;
    event.msg_id = msg_id;
    event.from.nickname = "Ann";
    event.text = text;
    return event;
}

class status_test : public testing::Test {
protected:
    status_test() {
        books_.add_route("ann", "chan", test::policy("ann"));
        const auto said = books_.on_event("ann", comment(1, "hi"), now).at(0).ticket;
        const auto late = books_.on_event("ann", comment(2, "hello"), now).at(0).ticket;
        books_.on_event("ann", comment(3, "waits: https://example.com"), now);
        books_.on_event("ann", comment(4, "\x01"), now);
        books_.on_settled({said, 1, relay::outcome::relayed, ""});
        books_.on_settled({late, 1, relay::outcome::dropped, "expired"});

        facts_.phase = "running";
        facts_.uptime = std::chrono::seconds(3725);
        room_facts room;
        room.tiktok = "ann";
        room.state = tiktok::room_state::connected;
        room.text = "connected to the live";
        room.since = 61s;
        room.live_for = 12min + 20s;
        room.viewers = 1340;
        room.last_message = 3s;
        facts_.version = "1.2.3";
        facts_.rooms.push_back(room);
        facts_.routes.push_back({"ann", "chan", 1204, 17, 3});
        facts_.login = "bot";
        facts_.connection.online = true;
        facts_.connection.since = 62min;
        facts_.budget.normal = {3, 18};
        facts_.budget.moderator = {3, 90};
        twitch::channel_status channel;
        channel.channel = "chan";
        channel.state = twitch::channel_state::paused;
        channel.reason = "msg_slowmode";
        channel.next_try = 29500ms;
        channel.waiting = 1;
        channel.oldest_waiting = 2s;
        channel.lines_per_minute = 14;
        channel.delay = 840ms;
        channel.last_line = 4s;
        facts_.channels.push_back(channel);
    }
    std::string json() const {
        return status_json(facts_, books_, [](relay::route_id) { return egress::route_progress{1, 2, 1}; });
    }

    egress::pipeline books_;
    status_facts facts_;
};

TEST_F(status_test, the_json_has_the_reports_counts_and_they_add_up) {
    const auto status = nlohmann::json::parse(json());
    const auto& route = status.at("routes").at(0);
    EXPECT_EQ(route.at("received"), 4);
    EXPECT_EQ(route.at("relayed").get<int>() + route.at("folded").get<int>() +
                  route.at("filtered_total").get<int>() + route.at("dropped_total").get<int>() +
                  route.at("pending").get<int>(),
              4);
    EXPECT_EQ(status.at("twitch").at("channels").at(0).at("reason"), "msg_slowmode");
    EXPECT_EQ(status.at("twitch").at("budget").at("moderator").at("limit"), 90);
}

TEST_F(status_test, people_read_the_equation_the_room_and_the_pace) {
    const auto text = status_text(json());
    ASSERT_TRUE(text);
    EXPECT_THAT(*text, testing::StartsWith("running for 1 h 2 min, version 1.2.3\n"));
    EXPECT_THAT(*text, HasSubstr("TikTok: @ann: live for 12 min, 1,340 viewers, last message 3 s ago\n"));
    EXPECT_THAT(*text, HasSubstr("received 4 = relayed 1 + folded 0 + filtered 1 + dropped 1 + pending 1; "
                                 "lines 1\n"));
    EXPECT_THAT(*text, HasSubstr("Twitch: bot, connected for 1 h 2 min; 3 of 18 lines"));
    EXPECT_THAT(*text, HasSubstr("#chan: paused: the channel is in slow mode (msg_slowmode); next try in "
                                 "30 s, as ordinary user; 14 lines in the last minute, 0.8 s behind TikTok, "
                                 "last line 4 s ago; 1 waiting, 0 on the way, the oldest for 2 s\n"));
    EXPECT_THAT(*text, HasSubstr("(expired)"));
}

TEST_F(status_test, a_renamed_channel_is_told_with_the_name_that_it_has_now) {
    facts_.channels[0].state = twitch::channel_state::ready;
    facts_.channels[0].next_try = {};
    facts_.channels[0].called = "newname";
    const auto status = nlohmann::json::parse(json());
    EXPECT_EQ(status.at("twitch").at("channels").at(0).at("renamed_to"), "newname");
    EXPECT_FALSE(status.at("twitch").at("channels").at(0).contains("next_try_seconds"));
    EXPECT_THAT(*status_text(json()), HasSubstr("renamed to #newname (correct the route's channel)"));
}

TEST_F(status_test, what_was_changed_is_told_beside_the_equation) {
    const auto route = nlohmann::json::parse(json()).at("routes").at(0);
    EXPECT_EQ(route.at("changed"), (nlohmann::json{{"link", 1}}));
    EXPECT_EQ(route.at("held"), nlohmann::json::object());
    EXPECT_THAT(*status_text(json()), HasSubstr("changed 1: it has a link in it (link)"));
    const auto summary = summary_text(books_, [](relay::route_id) {
        return egress::route_progress{1, 2, 1};
    });
    EXPECT_THAT(summary, HasSubstr("changed 1: it has a link in it (link)"));
    EXPECT_THAT(summary, testing::Not(HasSubstr("held back")));
}

TEST_F(status_test, a_relay_that_was_started_before_the_update_is_understood) {
    auto status = nlohmann::json::parse(json());
    for (const char* key : {"changed", "held"})
        status["routes"][0].erase(key);
    status["relay"].erase("version");
    status["relay"].erase("dry_run");
    status["rooms"][0] = {{"tiktok", "ann"}, {"state", "connected to the live"}, {"since_seconds", 61}};
    status["twitch"].erase("since_seconds");
    auto& channel = status["twitch"]["channels"][0];
    for (const char* key : {"lines_per_minute", "delay_seconds", "last_line_seconds", "next_try_seconds"})
        channel.erase(key);
    status["twitch"]["budget"].erase("elsewhere_seconds");
    const auto text = status_text(status.dump());
    ASSERT_TRUE(text);
    EXPECT_THAT(*text, HasSubstr("@ann: connected to the live (for 1 min)\n"));
}

TEST_F(status_test, what_slows_the_bot_down_is_said) {
    EXPECT_THAT(*status_text(json()), testing::Not(HasSubstr("half the limits")));
    facts_.budget.pause = std::chrono::seconds(8);
    facts_.budget.halved = true;
    facts_.budget.cautious = true;
    const auto text = *status_text(json());
    EXPECT_THAT(text, HasSubstr("waits for 8 s"));
    EXPECT_THAT(text, HasSubstr("half the limits"));
    EXPECT_THAT(text, HasSubstr("first window"));
}

TEST_F(status_test, the_json_has_what_people_read) {
    const auto status = nlohmann::json::parse(json());
    EXPECT_EQ(status.at("version"), 1);
    EXPECT_EQ(status.at("relay").at("version"), "1.2.3");
    const auto& room = status.at("rooms").at(0);
    EXPECT_EQ(room.at("state"), "connected");
    EXPECT_EQ(room.at("viewers"), 1340);
    EXPECT_EQ(room.at("live_seconds"), 740);
    EXPECT_EQ(room.at("last_message_seconds"), 3);
    EXPECT_FALSE(room.contains("next_try_seconds"));
    const auto& channel = status.at("twitch").at("channels").at(0);
    EXPECT_EQ(channel.at("next_try_seconds"), 30);
    EXPECT_EQ(channel.at("delay_seconds"), 0.8);
    EXPECT_EQ(channel.at("lines_per_minute"), 14);
    EXPECT_EQ(channel.at("last_line_seconds"), 4);
}

TEST_F(status_test, who_is_away_says_why_and_when_it_tries_again) {
    auto& room = facts_.rooms.at(0);
    room.state = tiktok::room_state::unreachable;
    room.text = "cannot be read now: the host name has no address";
    room.next_try = 3500ms;
    room.hint = "look at the cable";
    room.door = "the register door";
    facts_.connection = {false, 3min, 8s, "no way out"};
    const auto text = *status_text(json());
    EXPECT_THAT(text,
                HasSubstr("@ann: cannot be read now: the host name has no address (for 1 min); next try "
                          "in 4 s; last message 3 s ago; the visitor's cookie comes from the register "
                          "door\n  look at the cable\n"));
    EXPECT_THAT(text, HasSubstr("Twitch: bot, not connected for 3 min: no way out; next try in 8 s;"));
}

TEST_F(status_test, an_account_that_others_use_and_a_second_relay_are_said) {
    EXPECT_THAT(*status_text(json()), testing::Not(HasSubstr("elsewhere")));
    EXPECT_THAT(*status_text(json()), testing::Not(HasSubstr("another relay")));
    facts_.budget.elsewhere = std::chrono::seconds(540);
    facts_.budget.normal = {3, 14};
    facts_.budget.moderator = {3, 80};
    facts_.channels.at(0).other_relay = true;
    const auto twitch = nlohmann::json::parse(json()).at("twitch");
    EXPECT_EQ(twitch.at("budget").at("elsewhere_seconds"), 540);
    EXPECT_EQ(twitch.at("channels").at(0).at("other_relay"), true);
    const auto text = *status_text(json());
    EXPECT_THAT(text,
                HasSubstr("also used elsewhere: at most 14 lines in half a minute (as a moderator 80)"));
    EXPECT_THAT(text, HasSubstr("for 9 min more"));
    EXPECT_THAT(text, HasSubstr("another relay carries the same TikTok room into this channel: stop one"));
}

TEST_F(status_test, bytes_that_are_no_text_do_not_break_the_json) {
    facts_.channels.at(0).reason = "\xff\xfe";
    EXPECT_TRUE(nlohmann::json::accept(json()));
}

TEST(status_text_test, anything_else_is_no_status) {
    for (const char* text : {"", "{", "[]", "{}", R"({"routes":[{}]})", "null"})
        EXPECT_FALSE(status_text(text)) << text;
}

}  // namespace
}  // namespace tiktok2twitch::app
