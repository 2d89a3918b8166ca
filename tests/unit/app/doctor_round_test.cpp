// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/doctor/machine.hpp"

#include <gtest/gtest.h>

#include "tiktok2twitch/net/clock.hpp"

namespace tiktok2twitch::app {
namespace {

using namespace std::chrono_literals;

TEST(doctor_round_test, after_two_minutes_no_check_begins) {
    const loaded_config loaded;
    const auto before = net::now();
    doctor_round round(loaded, false, [](const check&) {});
    EXPECT_GE(round.until, before + 2min);
    EXPECT_LE(round.until, net::now() + 2min);
    EXPECT_FALSE(round.in_the_way(hop::clock, {}, {}));
    EXPECT_TRUE(round.report.checks().empty());

    round.until = net::now() - 1ms;
    EXPECT_TRUE(round.in_the_way(hop::clock, "here", {}));
    ASSERT_EQ(round.report.checks().size(), 1U);
    const auto& late = round.report.checks().front();
    EXPECT_EQ(late.found.how, health::skipped);
    EXPECT_EQ(late.found.seen, "the time for all checks is over");
    EXPECT_TRUE(round.in_the_way(hop::join, {}, {{hop::clock, "here"}}));
    EXPECT_EQ(round.report.checks().back().found.seen, "needs clock here") << "the reason that comes first";
}

TEST(doctor_round_test, names_are_looked_at_once) {
    const std::vector<route_config> routes{{.tiktok = "ann", .channel = "a"},
                                           {.tiktok = "bob", .channel = "a"},
                                           {.tiktok = "ann", .channel = "b"}};
    EXPECT_EQ(each_once(routes, &route_config::tiktok), (std::vector<std::string>{"ann", "bob"}));
    EXPECT_EQ(each_once(routes, &route_config::channel), (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace tiktok2twitch::app
