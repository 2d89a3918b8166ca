// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// The bot's account is used in another client as well.

#include <algorithm>

#include "e2e/helix_relay_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class elsewhere_test : public relay_fixture {
protected:
    elsewhere_test() {
        world_.call([this] {
            auto& rules = world_.twitch().rules();
            rules.set_role("bot", "chan", sim::role::ordinary);
            rules.add_channel("other");
        });
    }
    void type(const std::string& text, const std::string& channel = "chan") {
        world_.call([&] { world_.twitch().type("bot", channel, text); });
    }
    nlohmann::json budget() { return status().at("twitch").at("budget"); }
    bool typed_is_counted(std::size_t lines) {
        for (int i = 0; i < 1000; ++i) {
            if (budget().at("normal").at("used").get<std::size_t>() >= lines)
                return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return false;
    }
    // Our lines, and how long after the account's last one each was said.
    std::vector<core::duration> pauses_before_relayed_lines() {
        return world_.call([this] {
            std::vector<core::duration> pauses;
            const auto& said = world_.twitch().rules().delivered();
            for (std::size_t i = 1; i < said.size(); ++i)
                if (said[i].text.find("[TikTok]") == 0)
                    pauses.push_back(said[i].at - said[i - 1].at);
            return pauses;
        });
    }
};

TEST_F(elsewhere_test, a_person_who_types_as_the_bot_is_counted_and_said) {
    const auto relay = start();
    ASSERT_TRUE(listening());
    for (int i = 0; i < 2; ++i) {  // well within the window of 32 s, also on a slow machine
        type("typed by hand " + std::to_string(i));
        ASSERT_TRUE(typed_is_counted(static_cast<std::size_t>(2 * i + 1)));
        comment("relayed " + std::to_string(i));
        ASSERT_TRUE(delivered(static_cast<std::size_t>(2 * i + 2)));
        std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    }
    const auto now = budget();
    EXPECT_EQ(now.at("normal").at("limit"), 14);
    EXPECT_EQ(now.at("moderator").at("limit"), 80);
    EXPECT_GT(now.at("elsewhere_seconds").get<int>(), 500);
    for (const auto pause : pauses_before_relayed_lines())
        EXPECT_GE(pause, std::chrono::seconds(1));
    EXPECT_THAT(violations(), IsEmpty());
    stop(*relay);
    EXPECT_THAT(relay->err(),
                HasSubstr("this account is also used elsewhere: somebody wrote as bot in #chan"));
}

TEST_F(elsewhere_test, what_was_typed_is_remembered_over_a_crash) {
    auto relay = start();
    ASSERT_TRUE(listening());
    for (int i = 0; i < 3; ++i)
        world_.call([&] { world_.twitch().say_as("bot", "chan", "typed " + std::to_string(i)); });
    ASSERT_TRUE(typed_is_counted(3));
    relay->signal(SIGKILL);
    relay->wait();
    ASSERT_TRUE(gone());
    relay = start();
    ASSERT_TRUE(listening());
    EXPECT_GE(budget().at("normal").at("used").get<int>(), 3);
    stop(*relay);
}

TEST_F(elsewhere_test, two_relays_of_one_room_and_one_account_find_each_other) {
    const auto first = start();
    ASSERT_TRUE(listening());
    auto arguments = with_route();
    arguments.at(6) = temp_.file("another state");
    arguments.at(8) = temp_.file("another report.json");
    process second(arguments, environment());
    ASSERT_TRUE(listening(2));
    ASSERT_TRUE(world_.wait_for([this] { return world_.twitch().connections() == 2; }));
    const auto told = [](process& relay) {
        return relay.wait_for_err("another relay carries the same TikTok room",
                                  std::chrono::milliseconds(10));
    };
    // Who speaks a moment later is refused for it, and then never heard by the other: one of them finds out.
    bool found = false;
    for (int i = 0; i < 40 && !found; ++i) {
        comment("message " + std::to_string(i), "Ann " + std::to_string(i));
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        found = told(*first) || told(second);
    }
    EXPECT_TRUE(found) << first->err() << second.err();
    if (told(*first)) {
        EXPECT_EQ(status().at("twitch").at("channels").at(0).at("other_relay"), true);
    }
    stop(second);
    stop(*first);
    expect_balanced(report());
}

TEST_F(elsewhere_test, our_own_lines_alone_are_nobody_else_s) {
    const auto relay = start({"--set", "relay.read_back=true"});
    ASSERT_TRUE(listening());
    for (std::size_t i = 0; i < 4; ++i) {
        comment("message " + std::to_string(i));
        ASSERT_TRUE(delivered(i + 1));
        if (i == 1)
            world_.call([this] { world_.twitch().reset("bot"); });
    }
    EXPECT_EQ(budget().at("elsewhere_seconds"), 0);
    stop(*relay);
    EXPECT_THAT(relay->err(), Not(HasSubstr("elsewhere")));
}

class helix_elsewhere_test : public helix_relay_fixture {
protected:
    nlohmann::json budget() { return status().at("twitch").at("budget"); }
};

TEST_F(helix_elsewhere_test, over_the_api_the_connection_that_reads_commands_tells_ours_from_others) {
    log_in();
    const auto running = over_helix();
    ASSERT_TRUE(ready());
    ASSERT_TRUE(somebody_reads());
    for (std::size_t i = 0; i < 3; ++i) {
        comment("message " + std::to_string(i));
        ASSERT_TRUE(delivered(i + 1));
    }
    EXPECT_EQ(budget().at("elsewhere_seconds"), 0);
    world_.call([this] { world_.twitch().type("bot", "chan", "typed by hand"); });
    EXPECT_TRUE(running->wait_for_err("also used elsewhere", std::chrono::seconds(20))) << running->err();
    EXPECT_GT(budget().at("elsewhere_seconds"), 500);
    stop(*running);
}

}  // namespace
}  // namespace tiktok2twitch::test
