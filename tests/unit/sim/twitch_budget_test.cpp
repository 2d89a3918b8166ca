// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tiktok2twitch/sim/twitch/rules.hpp"

namespace tiktok2twitch::sim {
namespace {

using namespace std::chrono_literals;
using kind = say_answer::kind;

class twitch_budget_test : public ::testing::Test {
protected:
    explicit twitch_budget_test() : rules(make_limits()) {
        rules.add_account("bot", "secret");
        rules.add_channel("chan");
        rules.add_channel("home");
        rules.set_role("bot", "home", role::moderator);
    }
    static twitch_limits make_limits() {
        twitch_limits limits;
        limits.spacing = 0s;  // only the windows are looked at here
        return limits;
    }
    say_answer::kind say(core::duration at, const std::string& channel = "chan") {
        return rules.say("bot", channel, "text " + std::to_string(++number), start + at).what;
    }
    std::size_t say_many(int count, core::duration at, const std::string& channel = "chan") {
        std::size_t delivered = 0;
        for (int i = 0; i < count; ++i) {
            delivered += say(at, channel) == kind::delivered ? 1U : 0U;
        }
        return delivered;
    }
    std::size_t over() const {
        return static_cast<std::size_t>(
            std::count_if(rules.violations().begin(), rules.violations().end(),
                          [](const violation& one) { return one.kind == violation_kind::over_budget; }));
    }

    int number = 0;
    core::time_point start{3000s};
    twitch_rules rules;
};

TEST_F(twitch_budget_test, twenty_lines_in_a_window_pass_and_the_next_mutes_for_half_an_hour) {
    EXPECT_EQ(say_many(20, 0s), 20U);
    EXPECT_EQ(over(), 0U);
    EXPECT_EQ(say(29s), kind::swallowed);
    EXPECT_EQ(over(), 1U);
    EXPECT_TRUE(rules.muted("bot", start + 30min));
    EXPECT_EQ(say(29min), kind::swallowed);
    EXPECT_EQ(say(29s + 30min), kind::delivered);
}

TEST_F(twitch_budget_test, a_window_opens_with_the_first_line_after_the_last_one) {
    EXPECT_EQ(say_many(20, 0s), 20U);
    EXPECT_EQ(say_many(20, 30s), 20U);
    EXPECT_EQ(over(), 0U);
}

TEST_F(twitch_budget_test, a_window_of_fixed_phase_begins_where_it_is_told) {
    rules.limits().phase = 10s;  // windows begin at ...:10 and ...:40 of each minute
    EXPECT_EQ(say_many(20, 9s), 20U);
    EXPECT_EQ(say_many(20, 10s), 20U);  // a new window for the server
    EXPECT_EQ(say(39s), kind::swallowed);
}

TEST_F(twitch_budget_test, lines_on_both_sides_of_a_window_edge_are_a_violation_even_if_they_pass) {
    rules.limits().phase = 10s;
    say_many(20, 9s);
    EXPECT_EQ(over(), 0U);
    EXPECT_EQ(say(10s), kind::delivered);
    EXPECT_EQ(over(), 1U);
}

TEST_F(twitch_budget_test, moderators_have_a_hundred_lines_and_the_mute_does_not_bite_them) {
    EXPECT_EQ(say_many(100, 0s, "home"), 100U);
    EXPECT_EQ(over(), 0U);
    EXPECT_EQ(say(1s, "home"), kind::delivered);
    EXPECT_EQ(over(), 1U);
    EXPECT_EQ(say(2s, "chan"), kind::swallowed);
}

TEST_F(twitch_budget_test, lines_of_both_tiers_count_in_the_high_window) {
    EXPECT_EQ(say_many(85, 0s, "home"), 85U);
    EXPECT_EQ(say_many(15, 1s), 15U);
    EXPECT_EQ(over(), 0U);
    EXPECT_EQ(say(2s), kind::swallowed);
    EXPECT_EQ(over(), 1U);
}

TEST_F(twitch_budget_test, a_vip_has_the_low_window_unless_told_otherwise) {
    rules.set_role("bot", "chan", role::vip);
    say_many(21, 0s);
    EXPECT_EQ(over(), 1U);
    rules.limits().vip_is_high = true;
    say_many(21, 60s);
    EXPECT_EQ(over(), 1U);
}

TEST_F(twitch_budget_test, refused_lines_consume_as_well) {
    rules.block_term("chan", "text");
    say_many(20, 0s);
    EXPECT_TRUE(rules.delivered().empty());
    EXPECT_EQ(say(1s), kind::swallowed);
    EXPECT_EQ(over(), 1U);
}

TEST_F(twitch_budget_test, the_server_may_close_the_connection_instead_of_muting) {
    rules.limits().when_over = over_limit::close;
    say_many(20, 0s);
    EXPECT_EQ(say(1s), kind::close);
    EXPECT_FALSE(rules.muted("bot", start + 2s));
}

TEST_F(twitch_budget_test, without_enforcement_nothing_is_counted) {
    rules.limits().enforced = false;
    EXPECT_EQ(say_many(500, 0s), 500U);
    EXPECT_TRUE(rules.violations().empty());
}

TEST_F(twitch_budget_test, twenty_joins_in_ten_seconds_pass_and_the_next_gets_no_answer) {
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(rules.join("bot", "chan", start), join_answer::joined);
    }
    EXPECT_EQ(rules.join("bot", "chan", start + 9s), join_answer::silence);
    EXPECT_EQ(rules.violations().size(), 1U);
    EXPECT_EQ(rules.join("bot", "chan", start + 20s), join_answer::joined);
}

TEST_F(twitch_budget_test, twenty_logins_in_ten_seconds_pass_and_the_next_is_refused) {
    for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(rules.login("oauth:secret", "bot", start).accepted);
    }
    EXPECT_FALSE(rules.login("oauth:secret", "bot", start + 9s).accepted);
    EXPECT_EQ(rules.violations().size(), 1U);
    EXPECT_TRUE(rules.login("oauth:secret", "bot", start + 20s).accepted);
}

}  // namespace
}  // namespace tiktok2twitch::sim
