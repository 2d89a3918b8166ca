// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/sim/script.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tiktok2twitch::sim {
namespace {

using namespace std::chrono_literals;

std::vector<core::duration> times(const script& steps) {
    std::vector<core::duration> out;
    for (const script_step& step : steps) {
        out.push_back(step.at);
    }
    return out;
}

TEST(demo_script_test, steps_are_in_order_and_inside_the_length) {
    const auto at = times(demo_script(1, {}, 30s));
    EXPECT_TRUE(std::is_sorted(at.begin(), at.end()));
    EXPECT_GT(at.size(), 40U);
    EXPECT_LT(at.back(), 30s);
}

TEST(demo_script_test, the_same_seed_gives_the_same_script_and_another_one_does_not) {
    EXPECT_EQ(times(demo_script(1)), times(demo_script(1)));
    EXPECT_NE(times(demo_script(1)), times(demo_script(2)));
}

TEST(demo_script_test, faults_and_activity_are_announced) {
    const script steps = demo_script(1);
    for (const char* word : {"resets", "RECONNECT", "blocks", "moderator", "command", "six times", "likes",
                             "follows", "roses", "subscribes", "shares", "question"}) {
        EXPECT_TRUE(std::any_of(steps.begin(), steps.end(), [&](const script_step& step) {
            return step.what.find(word) != std::string::npos;
        })) << word;
    }
}

TEST(flood_script_test, a_flood_writes_about_twelve_comments_a_second_in_order_and_inside_the_length) {
    const auto at = times(flood_script(1, {}, 60s));
    EXPECT_TRUE(std::is_sorted(at.begin(), at.end()));
    EXPECT_GT(at.size(), 60U * 10);
    EXPECT_LT(at.size(), 60U * 14);
    EXPECT_LT(at.back(), 60s);
}

TEST(flood_script_test, the_same_seed_gives_the_same_flood_and_another_one_does_not) {
    EXPECT_EQ(times(flood_script(7)), times(flood_script(7)));
    EXPECT_NE(times(flood_script(7)), times(flood_script(8)));
}

}  // namespace
}  // namespace tiktok2twitch::sim
