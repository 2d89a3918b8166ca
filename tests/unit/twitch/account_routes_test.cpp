// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "unit/twitch/account_driver.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

account_driver unpacked(options settings = {}) {
    settings.pack = false;
    return account_driver(settings);
}

TEST(account_routes, removing_a_route_settles_what_waits_and_leaves_the_channel) {
    account_driver d;
    d.get_ready();
    d.push(1, "a");
    d.push(1, "b");
    d.acc.remove_route(1, d.now);
    d.collect();
    EXPECT_EQ(d.dropped("route_removed"), 2U);
    EXPECT_TRUE(d.acc.channels(d.now).empty());
    d.run_for(seconds(1));
    EXPECT_THAT(d.protocol, HasSubstr("PART #chan"));
    d.say(":bot!bot@bot.tmi.twitch.tv PART #chan");
    d.push(1, "c");
    EXPECT_EQ(d.dropped("route_removed"), 3U);
    d.get_ready();
    EXPECT_EQ(d.status().state, channel_state::ready);
}

TEST(account_routes, a_removed_route_keeps_its_line_in_flight_while_the_channel_is_shared) {
    account_driver d;
    d.acc.add_route(2, "chan", d.now);
    d.get_ready();
    d.push(1, "a");
    d.run_for(milliseconds(10));
    d.acc.remove_route(1, d.now);
    EXPECT_EQ(d.acc.pending(1), 1U);
    d.run_for(seconds(1));
    EXPECT_EQ(d.relayed(), 1U);
    EXPECT_EQ(d.acc.lines_accepted(1), 1U);
}

TEST(account_routes, a_channel_that_comes_back_remembers_its_spacing) {
    auto d = unpacked();
    d.rtt = milliseconds(1);
    d.get_ready();
    d.push(1, "a");
    d.run_for(milliseconds(20));
    d.acc.remove_route(1, d.now);
    d.acc.add_route(1, "chan", d.now);
    d.push(1, "b");
    d.run_for(seconds(5));
    ASSERT_EQ(d.lines.size(), 2U);
    EXPECT_GE(d.lines[1].at - d.lines[0].at, milliseconds(1250));
}

TEST(account_routes, a_route_can_move_to_another_channel) {
    account_driver d;
    d.get_ready("old");
    d.push(1, "x");
    d.acc.add_route(1, "new", d.now);
    d.collect();
    EXPECT_EQ(d.dropped("route_removed"), 1U);
    d.run_for(seconds(1));
    d.push(1, "y");
    d.run_for(seconds(1));
    EXPECT_EQ(d.lines.at(0).line.channel, "new");
}

}  // namespace
}  // namespace tiktok2twitch::twitch
