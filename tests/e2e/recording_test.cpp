// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Recordings, through the real binary: made, made without people, read again, and read from standard input.
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "e2e/relay_fixture.hpp"
#include "support/manifest.hpp"
#include "tiktok2twitch/tiktok/wire/frame_codec.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class recording_fixture : public relay_fixture {
protected:
    // The route of a report that a run without Twitch has written, but for what depends on time.
    nlohmann::json run(const std::string& arguments) {
        const std::string file = temp_.file("run.json");
        process ran({"/bin/sh", "-c", std::string(T2T_BINARY) + " --report " + file + " " + arguments},
                    {"TIKTOK2TWITCH_TWITCH_LIMIT_NORMAL=100000/1s", "TIKTOK2TWITCH_TWITCH_SPACING_NORMAL=0s",
                     "TIKTOK2TWITCH_RELAY_PACK=false"});
        EXPECT_EQ(ran.wait(std::chrono::seconds(60)), 0) << ran.err();
        said_ = ran.err();
        return nlohmann::json::parse(temp_.read("run.json")).at("routes").at(0);
    }
    static std::uint64_t events_in(const nlohmann::json& route) { return route.at("received"); }

    std::string inflated(const std::string& name) const {
        std::string out;
        EXPECT_FALSE(tiktok::gunzip(temp_.read(name), 100'000'000, out));
        return out;
    }
    std::string data(const std::string& name) const { return recording_path(name + ".jsonl.gz"); }

    std::string said_;
};

TEST_F(recording_fixture, what_a_relay_has_heard_is_replayed_to_the_same_counts) {
    auto relay = start({"--record", temp_.file("r.jsonl"), "--record-anonymous", temp_.file("a.jsonl.gz")});
    ASSERT_TRUE(listening()) << relay->err();
    comments({"hello one", "hello two @ann.fan", "hello three"}, "Annabella");
    ASSERT_TRUE(received(3));
    const auto gone_id = comment_from(78, "somebody_else", "hello four");
    remove({gone_id});
    ASSERT_TRUE(received(4));
    stop(*relay);
    const auto live = report();
    expect_balanced(live);
    EXPECT_THAT(relay->err(), HasSubstr("r.jsonl: "));
    EXPECT_THAT(relay->err(), HasSubstr("messages recorded"));
    EXPECT_THAT(relay->err(), HasSubstr("people's names"));
    struct stat info {};
    ASSERT_EQ(::stat(temp_.file("r.jsonl").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
    const auto text = temp_.read("r.jsonl");
    EXPECT_THAT(text, HasSubstr(R"("way":"direct","room":"ann","b64":")"));
    for (const char* name : {"r.jsonl", "a.jsonl.gz"}) {
        const auto again = run("replay " + temp_.file(name));
        EXPECT_EQ(events_in(again), events_in(live)) << name;
        EXPECT_EQ(again.at("pending"), 0) << name;
    }
    process shown({T2T_BINARY, "replay", temp_.file("a.jsonl.gz")});
    ASSERT_EQ(shown.wait(), 0) << shown.err();
    for (const char* gone : {"hello", "Annabella", "ann.fan", "somebody", "four"})
        EXPECT_THAT(inflated("a.jsonl.gz") + shown.out(), Not(HasSubstr(gone)));
}

TEST_F(recording_fixture, each_of_several_rooms_has_a_file) {
    world_.call([this] {
        world_.tiktok().add_room("bob");
        world_.twitch().rules().add_channel("second");
        world_.twitch().rules().set_role("bot", "second", sim::role::moderator);
    });
    const auto config = temp_.write("config.toml",
                                    "[[route]]\ntiktok = \"ann\"\nchannel = \"chan\"\n"
                                    "[[route]]\ntiktok = \"bob\"\nchannel = \"second\"\n");
    process relay(
        {T2T_BINARY, "--config", config, "--state-dir", state_(), "--record", temp_.file("r.jsonl")},
        environment());
    ASSERT_TRUE(listening()) << relay.err();
    ASSERT_TRUE(world_.wait_for([this] { return world_.tiktok().listening_sockets("bob") == 1; },
                                std::chrono::seconds(20)));
    comment("hello");
    ASSERT_TRUE(delivered(1));
    stop(relay);
    EXPECT_THAT(temp_.read("r-ann.jsonl"), HasSubstr("\"room\":\"ann\""));
    EXPECT_THAT(temp_.read("r-bob.jsonl"), HasSubstr("\"room\":\"bob\""));
    EXPECT_FALSE(std::filesystem::exists(temp_.file("r.jsonl")));
}

TEST_F(recording_fixture, a_killed_relay_leaves_a_recording_that_can_be_read) {
    auto relay = start({"--record", temp_.file("r.jsonl")});
    ASSERT_TRUE(listening()) << relay->err();
    comments({"hello one", "hello two"});
    ASSERT_TRUE(received(2));
    // What was relayed may still wait for the disk.
    std::string text;
    do {
        text = temp_.read("r.jsonl");
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
    } while (text.empty() || text != temp_.read("r.jsonl"));
    relay->signal(SIGKILL);
    relay->wait();
    EXPECT_EQ(events_in(run("replay " + temp_.file("r.jsonl"))), 2U);
}

TEST_F(recording_fixture, recordings_without_people_replay_to_the_same_counts) {
    for (const char* name : {"busy", "gifts", "hostile", "middling", "quiet"}) {
        const auto before = run("replay " + data(name) + " --record-anonymous " + temp_.file("a.jsonl.gz"));
        const auto after = run("replay " + temp_.file("a.jsonl.gz"));
        EXPECT_EQ(events_in(after), events_in(before)) << name;
        EXPECT_EQ(after.value("ignored", nlohmann::json()), before.value("ignored", nlohmann::json()))
            << name;
        EXPECT_GT(events_in(after), 0U);
    }
}

TEST_F(recording_fixture, standard_input_is_relayed_and_its_end_is_the_end) {
    std::string text;
    ASSERT_FALSE(tiktok::gunzip(read_file(data("quiet")), 100'000'000, text));
    const auto wanted = run("replay " + data("quiet"));
    const auto live = run("-n --tiktok ann --channel chan --record " + temp_.file("r.jsonl") +
                          " --input - < " + temp_.write("in.jsonl", text));
    EXPECT_EQ(events_in(live), events_in(wanted)) << said_;
    EXPECT_EQ(live.at("ignored"), wanted.at("ignored"));
    EXPECT_EQ(live.at("pending"), 0);
    expect_balanced(live);
    EXPECT_THAT(said_, HasSubstr("the input has ended: 374 messages"));
    EXPECT_EQ(events_in(run("replay " + temp_.file("r.jsonl"))), events_in(wanted));
}

TEST_F(recording_fixture, events_of_other_programs_are_relayed_from_standard_input) {
    const auto chat = [](const char* room, int id) {
        return std::string("{\"room\":\"") + room +
               "\",\"text\":\"{\\\"event\\\":\\\"chat\\\",\\\"data\\\":{\\\"comment\\\":\\\"hello " +
               std::to_string(id) +
               "\\\",\\\"uniqueId\\\":\\\"fan\\\",\\\"nickname\\\":\\\"Fan\\\",\\\"msgId\\\":\\\"" +
               std::to_string(id) + "\\\",\\\"userId\\\":\\\"5\\\"}}\"}\n";
    };
    const auto in = temp_.write(
        "in.jsonl", chat("ann", 1) + "oops\n" + chat("@Ann", 2) + chat("eve", 3) + chat("ann", 2));
    process relay(
        {"/bin/sh", "-c", std::string(T2T_BINARY) + " -n --tiktok ann --channel chan --input - < " + in});
    ASSERT_EQ(relay.wait(), 0) << relay.err();
    EXPECT_THAT(relay.out(), HasSubstr("hello 1"));
    EXPECT_THAT(relay.out(), HasSubstr("hello 2"));
    EXPECT_THAT(relay.out(), Not(HasSubstr("hello 3")));
    EXPECT_THAT(relay.err(), HasSubstr("line 2: not a JSON object"));
    EXPECT_THAT(relay.err(), HasSubstr("@eve, which no route watches"));
    EXPECT_THAT(relay.err(), HasSubstr("3 messages, 1 line could not be read, 1 line was for other rooms"));
}

TEST_F(recording_fixture, a_relay_that_reads_its_input_can_be_stopped) {
    const auto pipe = temp_.file("pipe");
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    // Opened for both, so that it neither waits for a writer nor ends.
    process relay(
        {"/bin/sh", "-c",
         "exec " + std::string(T2T_BINARY) + " -n --tiktok ann --channel chan --input - <> " + pipe});
    std::ofstream(pipe)
        << R"({"text":"{\"event\":\"chat\",\"data\":{\"comment\":\"hello\",\"msgId\":\"1\"}}"})" << std::endl;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (relay.out().find("hello") == std::string::npos && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_THAT(relay.out(), HasSubstr("hello"));
    stop(relay);
}

TEST_F(recording_fixture, wrong_options_are_named) {
    const auto refused = [](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), T2T_BINARY);
        process ran(std::move(arguments));
        EXPECT_EQ(ran.wait(), 64);
        return ran.err();
    };
    EXPECT_THAT(refused({"--record", "r.txt"}), HasSubstr(".jsonl.gz"));
    EXPECT_THAT(refused({"--keep-texts"}), HasSubstr("--record-anonymous"));
    EXPECT_THAT(refused({"--record", "r.jsonl", "--record-anonymous", "r.jsonl"}), HasSubstr("a file each"));
    EXPECT_THAT(refused({"--input", "r.jsonl"}), HasSubstr("--input - < "));
    process nowhere(with_route({"-n", "--record", temp_.file("missing/r.jsonl")}));
    EXPECT_EQ(nowhere.wait(), 74);
    EXPECT_THAT(nowhere.err(), HasSubstr("missing/r.jsonl"));
}

}  // namespace
}  // namespace tiktok2twitch::test
