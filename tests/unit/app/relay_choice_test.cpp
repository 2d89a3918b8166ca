// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/control/relay_choice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tiktok2twitch::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const running_relay bot{"/s/status-bot.sock", "bot", 12};
const running_relay other{"/s/status-other.sock", "other", 13};
const running_relay dry{"/s/status-dry-14.sock", "", 14};

long chosen(std::vector<running_relay> running, const relay_wish& wish) {
    const auto choice = choose_relay(std::move(running), wish, "/s");
    EXPECT_EQ(choice.problem.empty(), choice.chosen.has_value());
    return choice.chosen ? choice.chosen->pid : 0;
}

TEST(relay_choice_test, the_only_one_is_meant) {
    EXPECT_EQ(chosen({bot}, {}), 12);
    EXPECT_EQ(chosen({dry}, {}), 14);
    EXPECT_EQ(chosen({dry}, {{}, "bot", false}), 14) << "it speaks as nobody";
}

TEST(relay_choice_test, of_several_the_configured_account_or_the_number_tells) {
    EXPECT_EQ(chosen({bot, dry, other}, {{}, "other", false}), 13);
    EXPECT_EQ(chosen({bot, dry, other}, {14, "other", false}), 14);
    EXPECT_EQ(chosen({bot, dry}, {{}, "bot", true}), 14);
}

TEST(relay_choice_test, nobody_is_stopped_by_mistake) {
    const auto choice = choose_relay({bot, dry, other}, {}, "/s");
    EXPECT_FALSE(choice.chosen);
    EXPECT_TRUE(choice.several);
    EXPECT_THAT(choice.problem,
                AllOf(HasSubstr("bot (pid 12), a dry run (pid 14), other (pid 13)"), HasSubstr("--pid 12")));
    const auto foreign = choose_relay({other}, {{}, "bot", false}, "/s");
    EXPECT_FALSE(foreign.chosen);
    EXPECT_FALSE(foreign.several);
    EXPECT_THAT(foreign.problem, HasSubstr("there is other (pid 13)"));
    EXPECT_EQ(chosen({bot}, {99, {}, false}), 0);
}

TEST(relay_choice_test, none_at_all_is_said_with_the_place) {
    EXPECT_THAT(choose_relay({}, {}, "/s").problem,
                HasSubstr("no relay is running with the state directory /s"));
    EXPECT_THAT(choose_relay({}, {}, "").problem, HasSubstr("(none)"));
}

TEST(relay_choice_test, names_of_sockets) {
    EXPECT_EQ(relay_of("/s", "status-bot.sock")->login, "bot");
    EXPECT_EQ(relay_of("/s", "status-bot.sock")->path, "/s/status-bot.sock");
    EXPECT_EQ(relay_of("/s", "status-dry-14.sock")->login, "");
    for (const auto* name : {"status-.sock", "status.sock", "send-log-bot.bin", "status-bot.sock.tmp", ""})
        EXPECT_FALSE(relay_of("/s", name)) << name;
    EXPECT_EQ(dry_run_of("status-dry-14.sock"), 14);
    for (const auto* name : {"status-dry-.sock", "status-dry-x.sock", "status-dry-0.sock", "status-bot.sock"})
        EXPECT_FALSE(dry_run_of(name)) << name;
}

}  // namespace
}  // namespace tiktok2twitch::app
