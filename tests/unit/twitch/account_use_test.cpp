// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "tiktok2twitch/twitch/sending/own_lines.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::minutes;
using origin = own_lines::origin;
using reader = own_lines::reader;

const core::time_point start{std::chrono::hours(1)};

TEST(account_use, what_the_line_in_flight_decides_waits_for_its_answer) {
    account_use use;
    use.lines().on_written("chan", "hello", start);
    EXPECT_FALSE(use.read({"chan", "a", "hello"}, reader::listener, start));
    EXPECT_TRUE(use.decide("other", start).empty());
    use.lines().on_accepted("chan", "a");
    const auto found = use.decide("chan", start);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].what, origin::ours);
    EXPECT_TRUE(use.decide("chan", start).empty());
}

TEST(account_use, a_connection_does_not_hear_what_it_said_itself) {
    account_use use;
    use.lines().on_written("chan", "hello", start);
    EXPECT_FALSE(use.read({"chan", "a", "hello"}, reader::speaker, start));
    use.lines().on_connection_lost();
    const auto found = use.decide_all(start);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].what, origin::elsewhere);
}

TEST(account_use, more_than_fifty_undecided_ones_are_somebody_elses) {
    account_use use;
    use.lines().on_written("chan", "hello", start);
    for (std::size_t i = 0; i < account_use::most_undecided; ++i)
        ASSERT_FALSE(use.read({"chan", "", "hello"}, reader::listener, start));
    const auto found = use.read({"chan", "", "hello"}, reader::listener, start);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->what, origin::elsewhere);
}

TEST(account_use, is_news_until_ten_minutes_after_the_last_line) {
    account_use use;
    EXPECT_FALSE(use.in_force(start));
    EXPECT_FALSE(use.take_end(start));
    EXPECT_TRUE(use.on_elsewhere(start));
    EXPECT_FALSE(use.on_elsewhere(start + minutes(9)));
    EXPECT_EQ(use.left(start + minutes(18)), minutes(1));
    EXPECT_FALSE(use.take_end(start + minutes(18)));
    EXPECT_TRUE(use.take_end(start + minutes(19)));
    EXPECT_FALSE(use.take_end(start + minutes(19)));
    EXPECT_TRUE(use.on_elsewhere(start + minutes(20)));
    EXPECT_EQ(use.take_foreign_lines().size(), 3u);
    EXPECT_TRUE(use.take_foreign_lines().empty());
}

}  // namespace
}  // namespace tiktok2twitch::twitch
