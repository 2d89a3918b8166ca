// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// The window that a relay was started from is closed.

#include "e2e/relay_fixture.hpp"
#include "support/pty_process.hpp"
#include "tiktok2twitch/app/control/command_client.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class hang_up_e2e : public relay_fixture {
protected:
    using started = pty_process::started;

    std::unique_ptr<pty_process> start_in_window(started how = started::plainly) {
        auto variables = environment();
        variables.emplace_back("PATH=/usr/bin:/bin");
        return std::make_unique<pty_process>(with_route(), variables, temp_.file("err.log"), how);
    }
    std::string err() const { return temp_.read("err.log"); }
    bool says(const std::string& words) const {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (err().find(words) == std::string::npos) {
            if (std::chrono::steady_clock::now() > until)
                return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return true;
    }
    int ask(const std::string& command) {
        process asked({T2T_BINARY, command, "--state-dir", state_()}, {});
        return asked.wait(std::chrono::seconds(60)).value_or(-1);
    }
};

TEST_F(hang_up_e2e, a_closed_window_ends_the_relay_in_order_and_kill_hup_reloads_before) {
    auto relay = start_in_window();
    ASSERT_TRUE(listening()) << err();
    ::kill(relay->pid(), SIGHUP);
    ASSERT_TRUE(says("configuration reloaded")) << err();
    comment("said");
    ASSERT_TRUE(delivered(1)) << err();
    ASSERT_TRUE(status_shows([](const nlohmann::json& route) { return route.at("relayed") == 1; }));
    relay->close_window();
    EXPECT_EQ(relay->wait(), 0) << err();
    EXPECT_THAT(err(), HasSubstr("the terminal was closed"));
    EXPECT_EQ(report().at("relayed"), 1);
    expect_balanced(report());
}

TEST_F(hang_up_e2e, several_hang_ups_are_no_hurry) {
    auto relay = start_in_window();
    ASSERT_TRUE(listening()) << err();
    hold_answers();
    comment("in flight");
    ASSERT_TRUE(delivered(1)) << err();
    relay->close_window();
    ASSERT_TRUE(says("the terminal was closed")) << err();
    ::kill(relay->pid(), SIGHUP);
    EXPECT_EQ(relay->wait(), 0) << "and not 130: " << err();
}

TEST_F(hang_up_e2e, with_nohup_it_goes_on) {
    auto relay = start_in_window(started::with_nohup);
    ASSERT_TRUE(listening()) << err();
    relay->close_window();
    ::kill(relay->pid(), SIGHUP);
    comment("still said");
    ASSERT_TRUE(delivered(1)) << err();
    EXPECT_EQ(ask("reload"), 0) << "there is another way";
    EXPECT_EQ(ask("stop"), 0) << err();
    EXPECT_EQ(relay->wait(), 0) << err();
    EXPECT_THAT(err(), Not(HasSubstr("the terminal was closed")));
}

TEST_F(hang_up_e2e, in_a_session_of_its_own_it_goes_on_and_reloads) {
    auto parent = start_in_window(started::in_its_own_session);
    ASSERT_TRUE(listening()) << err();
    const auto pid = app::pid_behind(state_() + "/status-bot.sock");
    ASSERT_TRUE(pid && *pid > 0 && *pid != parent->pid());
    parent->close_window();
    ::kill(static_cast<pid_t>(*pid), SIGHUP);
    ASSERT_TRUE(says("configuration reloaded")) << err();
    comment("still said");
    ASSERT_TRUE(delivered(1)) << err();
    EXPECT_EQ(ask("stop"), 0) << err();
}

}  // namespace
}  // namespace tiktok2twitch::test
