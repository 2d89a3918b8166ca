// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What a person sees on a terminal, in a file and in the journal.

#include <regex>

#include "e2e/relay_fixture.hpp"
#include "support/terminal.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class terminal_e2e : public relay_fixture {
protected:
    std::unique_ptr<terminal_process> watch(unsigned short columns, std::vector<std::string> more = {}) {
        return std::make_unique<terminal_process>(with_route(std::move(more)), environment(), columns);
    }
    static bool last_row(const std::vector<std::string>& rows, const std::string& part) {
        return rows.back().find(part) != std::string::npos;
    }
};

const std::regex log_line("[0-2][0-9]:[0-5][0-9]:[0-5][0-9] .*");

TEST_F(terminal_e2e, the_row_stands_below_the_log_and_goes_with_the_relay) {
    const auto relay = watch(80);
    ASSERT_TRUE(relay->wait_for([](const auto& rows) { return last_row(rows, "live "); })) << relay->bytes();
    comment("hello");
    ASSERT_TRUE(delivered(1));
    ASSERT_TRUE(relay->wait_for([](const auto& rows) { return last_row(rows, "relayed 1 "); }))
        << relay->bytes();
    world_.call([this] { world_.tiktok().end_live("ann"); });
    ASSERT_TRUE(relay->wait_for([](const auto& rows) { return last_row(rows, "offline"); }))
        << relay->bytes();
    const auto rows = relay->rows();
    EXPECT_LT(core::display_width(rows.back()), 80U);
    for (std::size_t i = 0; i + 1 < rows.size(); ++i)
        EXPECT_TRUE(std::regex_match(rows[i], log_line) || (i > 0 && core::display_width(rows[i - 1]) == 80U))
            << rows[i];
    relay->signal(SIGTERM);
    EXPECT_EQ(relay->wait(), 0);
    for (const auto& row : relay->rows())
        EXPECT_THAT(row,
                    AllOf(Not(StartsWith("live ")), Not(StartsWith("offline")), Not(StartsWith("stopping"))));
}

TEST_F(terminal_e2e, the_row_fits_a_narrow_terminal) {
    const auto relay = watch(30);
    ASSERT_TRUE(relay->wait_for([](const auto& rows) { return last_row(rows, "live "); })) << relay->bytes();
    EXPECT_LT(core::display_width(relay->rows().back()), 30U);
    relay->signal(SIGTERM);
    EXPECT_EQ(relay->wait(), 0);
}

TEST_F(terminal_e2e, the_row_can_be_switched_off) {
    for (const char* off : {"--no-progress", "-q"}) {
        const auto relay = watch(80, {off});
        ASSERT_TRUE(listening());
        comment("hello");
        ASSERT_TRUE(delivered(off == std::string("-q") ? 2 : 1));
        relay->signal(SIGTERM);
        EXPECT_EQ(relay->wait(), 0);
        EXPECT_THAT(relay->bytes(), AllOf(Not(HasSubstr("relayed 1 ·")), Not(HasSubstr("\x1b[K"))));
        ASSERT_TRUE(gone());
    }
}

TEST_F(terminal_e2e, a_pipe_gets_the_full_form_and_a_line_now_and_then) {
    const auto relay = start({}, {"TIKTOK2TWITCH_RELAY_STATUS_INTERVAL=1s"});
    ASSERT_TRUE(relay->wait_for_err(" info relay: live ")) << relay->err();
    stop(*relay);
    EXPECT_THAT(relay->err(), Not(HasSubstr("\x1b")));
    EXPECT_TRUE(std::regex_search(
        relay->err(), std::regex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z info tiktok/@ann: connected")))
        << relay->err();
}

TEST_F(terminal_e2e, the_journal_gets_priorities_and_no_time) {
    // What systemd sets for a service whose stderr is the journal.
    const std::string script =
        "JOURNAL_STREAM=$(stat -L -c %d:%i /dev/fd/2); export JOURNAL_STREAM; exec \"$0\" \"$@\"";
    std::vector<std::string> arguments{"/bin/sh", "-c", script};
    const auto relayed = with_route();
    arguments.insert(arguments.end(), relayed.begin(), relayed.end());
    process relay(arguments, environment());
    ASSERT_TRUE(relay.wait_for_err("<6>tiktok/@ann: connected to the live")) << relay.err();
    stop(relay);
    EXPECT_FALSE(std::regex_search(relay.err(), std::regex("[0-9]{4}-[0-9]{2}-[0-9]{2}T"))) << relay.err();
}

TEST_F(terminal_e2e, another_journal_than_stderr_changes_nothing) {
    const auto relay = start({}, {"JOURNAL_STREAM=8:12345"});
    ASSERT_TRUE(relay->wait_for_err("Z info tiktok/@ann: connected")) << relay->err();
    stop(*relay);
}

TEST_F(terminal_e2e, losses_are_told_while_they_happen) {
    const auto relay = start({}, {"TIKTOK2TWITCH_RELAY_MAX_AGE=200ms"});
    ASSERT_TRUE(listening());
    hold_answers();
    comment("on its way");
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (status().at("twitch").at("channels").at(0).at("in_flight") == 0)
        ASSERT_LT(std::chrono::steady_clock::now(), until);
    comments({"waits", "waits too"});
    ASSERT_TRUE(relay->wait_for_err("lost: waited longer than relay.max_age for its turn (expired)"))
        << relay->err();
    release_answers();
    stop(*relay);
}

TEST(first_start, nothing_typed_and_nothing_configured_gets_a_short_help) {
    process program(std::vector<std::string>{T2T_BINARY});
    EXPECT_EQ(program.wait(), 64);
    EXPECT_THAT(program.err(), AllOf(HasSubstr("tiktok2twitch demo"), Not(HasSubstr("error"))));
}

}  // namespace
}  // namespace tiktok2twitch::test
