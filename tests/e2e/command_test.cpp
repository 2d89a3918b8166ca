// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// A relay that is asked by other processes: stop, reload.

#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <filesystem>

#include "e2e/relay_fixture.hpp"
#include "tiktok2twitch/app/control/command_client.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class command_e2e : public relay_fixture {
protected:
    struct told {
        int code = -1;
        std::string out;
        std::string err;
    };
    told tell(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), T2T_BINARY);
        arguments.insert(arguments.end(), {"--state-dir", state_()});
        process asked(arguments, {});
        const auto code = asked.wait(std::chrono::seconds(60));
        return {code.value_or(-1), asked.out(), asked.err()};
    }
    std::unique_ptr<process> start_dry(std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{T2T_BINARY,  "-n",   "--tiktok",    "ann",
                                           "--channel", "chan", "--state-dir", state_()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return std::make_unique<process>(arguments, environment());
    }
    bool answers() {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (tell({"status"}).code != 0) {
            if (std::chrono::steady_clock::now() > until)
                return false;
        }
        return true;
    }
};

TEST_F(command_e2e, stop_ends_the_relay_and_waits_for_it) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    const auto stopped = tell({"stop", "--json"});
    EXPECT_EQ(stopped.code, 0) << stopped.err;
    EXPECT_THAT(stopped.err, HasSubstr("bot (pid " + std::to_string(relay->pid()) + ") has ended"));
    EXPECT_EQ(nlohmann::json::parse(stopped.out).at("relay").at("pid"), relay->pid());
    EXPECT_EQ(relay->wait(std::chrono::seconds(2)), 0) << relay->err();
    EXPECT_THAT(relay->err(), HasSubstr("asked to stop by 'tiktok2twitch stop'"));
    EXPECT_EQ(report().at("received"), 0) << "with its report";
    EXPECT_EQ(tell({"stop"}).code, 69) << "none runs any more";
    EXPECT_FALSE(std::filesystem::exists(state_() + "/status-bot.sock"));
}

TEST_F(command_e2e, two_who_stop_at_once_are_no_hurry) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    hold_answers();
    comment("in flight");
    ASSERT_TRUE(delivered(1)) << relay->err();
    process first({T2T_BINARY, "stop", "--state-dir", state_()}, {});
    ASSERT_TRUE(relay->wait_for_err("asked to stop")) << relay->err();
    process second({T2T_BINARY, "stop", "--state-dir", state_()}, {});
    EXPECT_EQ(first.wait(std::chrono::seconds(60)), 0) << first.err();
    const auto code = second.wait(std::chrono::seconds(60));
    EXPECT_TRUE(code == 0 || code == 69) << second.err();
    EXPECT_EQ(relay->wait(), 0) << "and not 130: " << relay->err();
}

TEST_F(command_e2e, reload_says_whether_the_new_configuration_is_in_force) {
    const std::string routes = "[[route]]\ntiktok = \"ann\"\nchannel = \"chan\"\n";
    const auto config = temp_.write("config.toml", routes);
    process relay({T2T_BINARY, "--config", config, "--state-dir", state_()}, environment());
    ASSERT_TRUE(listening()) << relay.err();
    for (int i = 0; i < 2; ++i) {
        const auto reloaded = tell({"reload"});
        EXPECT_EQ(reloaded.code, 0) << reloaded.err;
        EXPECT_THAT(reloaded.err, HasSubstr("the configuration is reloaded"));
    }
    temp_.write("config.toml", "[relay]\npak = true\n" + routes);
    const auto refused = tell({"reload", "--config", config});
    EXPECT_EQ(refused.code, 78);
    EXPECT_THAT(refused.err, HasSubstr("the configuration in force stays"));
    EXPECT_EQ(tell({"stop", "--config", config}).code, 0) << "a broken file does not keep it from stopping";
    EXPECT_EQ(relay.wait(), 0) << relay.err();
}

TEST_F(command_e2e, nobody_runs_is_69_and_names_the_place) {
    for (const auto* command : {"stop", "reload", "status"}) {
        const auto none = tell({command});
        EXPECT_EQ(none.code, 69);
        EXPECT_THAT(none.err, AllOf(HasSubstr("no relay is running"), HasSubstr(state_())));
    }
    EXPECT_EQ(tell({"stop", "--pid", "x"}).code, 64);
}

TEST_F(command_e2e, a_dry_run_can_be_asked_and_stopped) {
    auto dry = start_dry({"--report", temp_.file("report.json")});
    ASSERT_TRUE(answers()) << dry->err();
    EXPECT_EQ(std::filesystem::status(state_()).permissions(), std::filesystem::perms::owner_all);
    const auto stopped = tell({"stop"});
    EXPECT_EQ(stopped.code, 0) << stopped.err;
    EXPECT_THAT(stopped.err, HasSubstr("a dry run (pid " + std::to_string(dry->pid()) + ") has ended"));
    EXPECT_EQ(dry->wait(), 0) << dry->err();
    EXPECT_TRUE(std::filesystem::is_empty(state_())) << "a dry run keeps nothing";
}

TEST_F(command_e2e, several_are_named_and_none_is_stopped_by_mistake) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    auto killed = start_dry();
    ASSERT_TRUE(killed->wait_for_err("connected to the live")) << killed->err();
    killed->signal(SIGKILL);
    killed->wait();
    auto dry = start_dry();
    ASSERT_TRUE(dry->wait_for_err("connected to the live")) << dry->err();
    const auto asked = tell({"stop"});
    EXPECT_EQ(asked.code, 64) << asked.err;
    EXPECT_THAT(asked.err,
                AllOf(HasSubstr("2 relays use"), HasSubstr("bot (pid " + std::to_string(relay->pid()) + ")"),
                      HasSubstr("a dry run (pid " + std::to_string(dry->pid()) + ")")));
    EXPECT_EQ(tell({"stop", "--pid", std::to_string(dry->pid())}).code, 0);
    EXPECT_EQ(dry->wait(), 0) << dry->err();
    EXPECT_EQ(tell({"stop", "--set", "twitch.login=bot"}).code, 0);
    EXPECT_EQ(relay->wait(), 0) << relay->err();
}

TEST_F(command_e2e, a_second_start_names_the_first_and_how_to_stop_it) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    auto second = start();
    EXPECT_EQ(second->wait(), 75) << second->err();
    EXPECT_THAT(second->err(), AllOf(HasSubstr("pid " + std::to_string(relay->pid())),
                                     HasSubstr("tiktok2twitch stop --state-dir " + state_())));
    stop(*relay);
}

// What 0.1.0 does: it writes its status to whoever connects, and closes.
TEST_F(command_e2e, a_relay_of_the_first_version_gets_a_sentence_and_its_status_is_shown) {
    std::filesystem::create_directories(state_());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, (state_() + "/status-bot.sock").c_str());
    const int listening_socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(::bind(listening_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(listening_socket, 8), 0);
    std::atomic<bool> over = false;
    std::thread old([&] {
        while (!over) {
            const int peer = ::accept4(listening_socket, nullptr, nullptr, SOCK_CLOEXEC);
            const std::string status = "{\n  \"routes\": [],\n  \"twitch\": {}\n}\n";
            ::send(peer, status.data(), status.size(), MSG_NOSIGNAL);
            ::close(peer);
        }
    });
    const auto stopped = tell({"stop"});
    EXPECT_EQ(stopped.code, 69);
    EXPECT_THAT(stopped.err, AllOf(HasSubstr("tiktok2twitch 0.1.0"),
                                   HasSubstr("'kill " + std::to_string(::getpid()) + "' stops it")));
    EXPECT_EQ(tell({"status", "--json"}).out, "{\n  \"routes\": [],\n  \"twitch\": {}\n}\n");
    over = true;
    app::pid_behind(state_() + "/status-bot.sock");
    old.join();
    ::close(listening_socket);
}

}  // namespace
}  // namespace tiktok2twitch::test
