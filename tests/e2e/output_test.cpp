// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Whoever reads what the program writes goes away.

#include "e2e/relay_fixture.hpp"
#include "support/piped_process.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::HasSubstr;

class output_e2e : public relay_fixture {
protected:
    std::unique_ptr<piped_process> run(std::vector<std::string> arguments, int stream,
                                       piped_process::end how = piped_process::end::pipe) {
        arguments.insert(arguments.begin(), T2T_BINARY);
        arguments.insert(arguments.end(), {"--state-dir", state_(), "--report", temp_.file("report.json")});
        return std::make_unique<piped_process>(arguments, environment(), stream, how);
    }
};

TEST_F(output_e2e, a_relay_goes_on_without_a_reader_of_its_log) {
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
        auto relay = run({"--tiktok", "ann", "--channel", "chan", "-v"}, stream);
        ASSERT_TRUE(listening());
        relay->close_reader();
        const auto before = texts().size();
        comment("said");
        ASSERT_TRUE(delivered(before + 1)) << stream;
        ASSERT_TRUE(status_shows([](const nlohmann::json& route) { return route.at("relayed") == 1; }));
        ::kill(relay->pid(), SIGTERM);
        EXPECT_EQ(relay->wait(), 0) << stream;
        EXPECT_EQ(report().at("relayed"), 1);
        ASSERT_TRUE(gone());
    }
}

TEST_F(output_e2e, a_dry_run_ends_in_order_when_nobody_reads_its_lines) {
    auto dry = run({"-n", "--tiktok", "ann", "--channel", "chan"}, STDOUT_FILENO);
    ASSERT_TRUE(world_.wait_for([this] { return world_.tiktok().listening_sockets("ann") == 1; },
                                std::chrono::seconds(20)));
    dry->close_reader();
    EXPECT_EQ(dry->wait(), 74) << "without a line that notices";
    expect_balanced(report());
}

TEST_F(output_e2e, a_stream_that_was_closed_at_the_start_is_no_free_number_for_a_file) {
    auto relay = run({"--tiktok", "ann", "--channel", "chan", "-v"}, STDERR_FILENO, piped_process::end::none);
    ASSERT_TRUE(listening());
    comment("said");
    ASSERT_TRUE(delivered(1));
    ::kill(relay->pid(), SIGTERM);
    EXPECT_EQ(relay->wait(), 0);
    EXPECT_EQ(temp_.read("state/sent-bot.bin").substr(0, 7), "T2TSEND") << "and no log line in it";
    auto dry = run({"-n", "--tiktok", "ann", "--channel", "chan"}, STDOUT_FILENO, piped_process::end::none);
    EXPECT_EQ(dry->wait(), 74);
}

TEST_F(output_e2e, commands_that_print_say_74_and_write_their_report) {
    const std::string recording = std::string(T2T_TEST_DATA) + "/recordings/quiet.jsonl.gz";
    for (const auto& arguments :
         {std::vector<std::string>{"replay", recording}, {"config", "show"}, {"--help"}}) {
        auto command = run(arguments, STDOUT_FILENO, piped_process::end::closed_pipe);
        EXPECT_EQ(command->wait(), 74) << arguments.front();
    }
    EXPECT_GT(report().at("received").get<int>(), 0);
    auto full = run({"config", "show"}, STDOUT_FILENO, piped_process::end::full);
    EXPECT_EQ(full->wait(), 74);
}

}  // namespace
}  // namespace tiktok2twitch::test
