// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "e2e/relay_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::HasSubstr;

class status_command_test : public relay_fixture {
protected:
    std::unique_ptr<process> ask(std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{T2T_BINARY, "status", "--state-dir", state_()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return std::make_unique<process>(arguments, environment());
    }
};

TEST_F(status_command_test, a_running_relay_says_how_it_is_and_its_counts_add_up) {
    const auto relay = start();
    ASSERT_TRUE(listening());
    comment("one");
    ASSERT_TRUE(delivered(1));
    comment("two");
    ASSERT_TRUE(delivered(2));
    auto asked = ask({"--json"});
    ASSERT_EQ(asked->wait(), 0) << asked->err();
    const auto status = nlohmann::json::parse(asked->out());
    const auto& route = status.at("routes").at(0);
    expect_balanced(route);
    EXPECT_EQ(route.at("received"), 2);
    EXPECT_EQ(status.at("twitch").at("online"), true);
    EXPECT_EQ(status.at("twitch").at("channels").at(0).at("moderator_limits"), true);

    auto for_people = ask();
    ASSERT_EQ(for_people->wait(), 0) << for_people->err();
    EXPECT_THAT(for_people->out(), HasSubstr("TikTok: @ann: live for "));
    EXPECT_THAT(for_people->out(), HasSubstr("Twitch: bot, connected"));
    EXPECT_THAT(for_people->out(), HasSubstr("@ann -> #chan: received 2 = relayed "));
    stop(*relay);
}

TEST_F(status_command_test, without_a_relay_it_says_so_and_fails) {
    auto asked = ask();
    EXPECT_EQ(asked->wait(), 69);
    EXPECT_THAT(asked->err(), HasSubstr("no relay is running"));
}

TEST_F(status_command_test, a_relay_that_was_killed_is_not_running) {
    const auto relay = start();
    ASSERT_TRUE(listening());
    relay->signal(SIGKILL);
    relay->wait();
    ASSERT_TRUE(gone());
    auto asked = ask();
    EXPECT_EQ(asked->wait(), 69);
    const auto again = start();
    ASSERT_TRUE(listening());
    auto later = ask();
    EXPECT_EQ(later->wait(), 0) << later->err();
    stop(*again);
}

}  // namespace
}  // namespace tiktok2twitch::test
