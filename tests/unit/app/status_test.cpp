// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/status.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/policy.hpp"

namespace tiktok2twitch::app {
namespace {

using testing::HasSubstr;

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
        facts_.rooms.push_back({"ann", "connected to the live", std::chrono::seconds(61)});
        facts_.login = "bot";
        facts_.online = true;
        facts_.budget.normal = {3, 18};
        facts_.budget.moderator = {3, 90};
        twitch::channel_status channel;
        channel.channel = "chan";
        channel.state = twitch::channel_state::paused;
        channel.reason = "msg_slowmode";
        channel.waiting = 1;
        facts_.channels.push_back(channel);
    }
    std::string json() const {
        return status_json(facts_, books_, [](relay::route_id) { return route_progress{1, 2, 1}; });
    }

    pipeline books_;
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
    EXPECT_THAT(*text, HasSubstr("running for 1 h 2 min"));
    EXPECT_THAT(*text, HasSubstr("@ann: connected to the live (since 1 min 1 s)"));
    EXPECT_THAT(*text, HasSubstr("received 4 = relayed 1 + folded 0 + filtered 1 + dropped 1 + pending 1"));
    EXPECT_THAT(*text, HasSubstr("3 of 18 ordinary, 3 of 90 in all"));
    EXPECT_THAT(*text, HasSubstr("#chan: paused (msg_slowmode), ordinary limits, 1 waiting"));
    EXPECT_THAT(*text, HasSubstr("(expired)"));
}

TEST_F(status_test, what_was_changed_is_told_beside_the_equation) {
    const auto route = nlohmann::json::parse(json()).at("routes").at(0);
    EXPECT_EQ(route.at("changed"), (nlohmann::json{{"link", 1}}));
    EXPECT_EQ(route.at("held"), nlohmann::json::object());
    EXPECT_THAT(*status_text(json()), HasSubstr("changed 1: it has a link in it (link)"));
    const auto summary = summary_text(books_, [](relay::route_id) { return route_progress{1, 2, 1}; });
    EXPECT_THAT(summary, HasSubstr("changed 1: it has a link in it (link)"));
    EXPECT_THAT(summary, testing::Not(HasSubstr("held back")));
}

TEST_F(status_test, a_relay_that_was_started_before_the_update_is_understood) {
    auto status = nlohmann::json::parse(json());
    for (const char* key : {"changed", "held"})
        status["routes"][0].erase(key);
    EXPECT_TRUE(status_text(status.dump()));
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
