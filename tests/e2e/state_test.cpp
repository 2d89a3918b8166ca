// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// The state directory from outside: what a relay killed at a bad moment says after its restart, and what
// people find in the log when a file is in the way.

#include <filesystem>

#include "e2e/relay_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class state_fixture : public relay_fixture {
protected:
    state_fixture() {
        world_.call([this] {
            auto& rules = world_.twitch().rules();
            rules.add_account("other", "othertokenothertoken");
            rules.add_channel("slow");
        });
    }
    // An ordinary bot in #slow, a moderator in #chan.
    std::unique_ptr<process> start_both() {
        const auto config = temp_.write("config.toml",
                                        "[relay]\npack = false\n[twitch]\nspacing_normal = \"3s\"\n"
                                        "[[route]]\ntiktok = \"ann\"\nchannel = \"chan\"\n"
                                        "[[route]]\ntiktok = \"ann\"\nchannel = \"slow\"\n");
        return std::make_unique<process>(
            std::vector<std::string>{T2T_BINARY, "--config", config, "--state-dir", state_()}, environment());
    }
    std::vector<std::string> texts_in(const std::string& channel) {
        return world_.call([&] {
            std::vector<std::string> said;
            for (const auto& line : world_.twitch().rules().delivered())
                if (line.channel == channel)
                    said.push_back(line.text);
            return said;
        });
    }
    bool delivered_in(const std::string& channel, std::size_t lines) {
        return world_.wait_for(
            [&] {
                const auto said = world_.twitch().rules().delivered();
                return static_cast<std::size_t>(
                           std::count_if(said.begin(), said.end(),
                                         [&](const auto& line) { return line.channel == channel; })) >= lines;
            },
            std::chrono::seconds(60));
    }
    void kill(process& relay) {
        relay.signal(SIGKILL);
        relay.wait();
        ASSERT_TRUE(gone());
    }
};

TEST_F(state_fixture, killed_relay_says_in_the_slow_channel_what_only_the_fast_one_has_heard) {
    auto relay = start_both();
    ASSERT_TRUE(listening()) << relay->err();
    ASSERT_TRUE(
        world_.wait_for([this] { return world_.twitch().joined("bot", "slow"); }, std::chrono::seconds(20)));
    comments({"one", "two", "three", "four"});
    ASSERT_TRUE(delivered_in("chan", 4)) << relay->err();
    ASSERT_TRUE(delivered_in("slow", 1)) << relay->err();
    kill(*relay);
    const auto before = texts_in("slow").size();
    ASSERT_LT(before, 4U);
    relay = start_both();
    ASSERT_TRUE(delivered_in("slow", 4)) << relay->err();
    stop(*relay);
    const std::vector<std::string> all{"[TikTok] Ann: one", "[TikTok] Ann: two", "[TikTok] Ann: three",
                                       "[TikTok] Ann: four"};
    EXPECT_EQ(texts_in("chan"), all);
    EXPECT_EQ(texts_in("slow"), all);
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(state_fixture, two_accounts_in_one_directory_do_not_take_each_others_messages) {
    auto first = start();
    auto variables = environment();
    variables.emplace_back("TIKTOK2TWITCH_TWITCH_LOGIN=other");
    variables.emplace_back("TIKTOK2TWITCH_TWITCH_TOKEN=othertokenothertoken");
    const std::vector<std::string> arguments{T2T_BINARY, "--tiktok",    "ann",   "--channel",
                                             "slow",     "--state-dir", state_()};
    process second(arguments, variables);
    ASSERT_TRUE(world_.wait_for(
        [this] {
            return world_.tiktok().listening_sockets("ann") == 2 && world_.twitch().joined("bot", "chan") &&
                   world_.twitch().joined("other", "slow");
        },
        std::chrono::seconds(20)))
        << first->err() << second.err();
    comment("one");
    ASSERT_TRUE(delivered_in("chan", 1) && delivered_in("slow", 1)) << first->err() << second.err();
    second.signal(SIGKILL);
    second.wait();
    ASSERT_TRUE(world_.wait_for([this] { return world_.tiktok().listening_sockets("ann") == 1; },
                                std::chrono::seconds(20)));
    comment("two");
    ASSERT_TRUE(delivered_in("chan", 2)) << first->err();
    process again(arguments, variables);
    ASSERT_TRUE(delivered_in("slow", 2)) << again.err();
    stop(again);
    stop(*first);
    EXPECT_THAT(texts_in("slow"), ElementsAre("[TikTok] Ann: one", "[TikTok] Ann: two"));
}

// Whatever the file: it is named, with the fix, and the relay relays.
TEST_F(state_fixture, file_that_cannot_be_used_is_named_and_stops_no_relay) {
    {
        auto relay = start();
        ASSERT_TRUE(listening()) << relay->err();
        comment("one");
        ASSERT_TRUE(delivered(1)) << relay->err();
        stop(*relay);
    }
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(state_()))
        if (const auto name = entry.path().string(); name.ends_with(".rec") || name.ends_with(".bin"))
            files.push_back(name);
    ASSERT_EQ(files.size(), 2U);
    for (const auto& file : files) {
        std::filesystem::remove(file);
        std::filesystem::create_directory(file);
    }
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    comment("two");
    ASSERT_TRUE(delivered(2)) << relay->err();
    stop(*relay);
    for (const auto& file : files)
        EXPECT_THAT(relay->err(), HasSubstr("cannot use " + file + ": it is a directory"));
    EXPECT_THAT(relay->err(), HasSubstr("Fix: a directory is in the file's place; remove it: rm -r "));
}

TEST_F(state_fixture, report_that_cannot_be_written_is_told_before_anything_is_relayed) {
    for (const auto& path : {temp_.file("nowhere/report.json"), temp_.path()}) {
        process relay({T2T_BINARY, "-n", "--tiktok", "ann", "--channel", "chan", "--report", path},
                      environment());
        EXPECT_EQ(relay.wait(), 74);
        EXPECT_THAT(relay.err(), HasSubstr("cannot write the report to " + path));
    }
}

TEST_F(state_fixture, missing_file_with_certificates_is_named) {
    auto relay = start({"--set", "tls.ca_file=" + temp_.file("none.pem")});
    EXPECT_EQ(relay->wait(), 78);
    EXPECT_THAT(relay->err(), HasSubstr("tls.ca_file " + temp_.file("none.pem")));
}

}  // namespace
}  // namespace tiktok2twitch::test
