// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/rooms.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::app {
namespace {

using rooms = std::vector<std::pair<room_index, std::string>>;

TEST(room_table_test, an_account_of_two_routes_is_watched_once) {
    room_table table;
    table.want("ann");
    table.want("ann");
    EXPECT_EQ(table.startable(), (rooms{{0, "ann"}}));
    EXPECT_TRUE(table.startable().empty());
    EXPECT_EQ(*table.name(0), "ann");
}

TEST(room_table_test, the_watcher_stops_with_the_last_route) {
    room_table table;
    table.want("ann");
    table.want("ann");
    table.startable();
    EXPECT_FALSE(table.unwant("ann").has_value());
    EXPECT_EQ(table.unwant("ann"), room_index{0});
}

TEST(room_table_test, an_account_wanted_again_waits_for_the_end_of_its_former_watcher) {
    room_table table;
    table.want("ann");
    table.startable();
    table.unwant("ann");
    table.want("ann");
    EXPECT_TRUE(table.startable().empty());
    table.unwant("ann");
    table.ended(0, false);
    table.want("ann");
    EXPECT_EQ(table.startable(), (rooms{{1, "ann"}}));
}

TEST(room_table_test, an_account_that_ended_by_itself_does_not_come_back) {
    room_table table;
    table.want("ann");
    table.startable();
    table.ended(0, false);
    EXPECT_TRUE(table.startable().empty());
    EXPECT_TRUE(table.watched().empty());
    EXPECT_FALSE(table.all_hopeless());
}

TEST(room_table_test, an_account_taken_out_and_put_back_gets_another_chance) {
    room_table table;
    table.want("ann");
    table.startable();
    table.ended(0, true);
    table.unwant("ann");
    table.want("ann");
    EXPECT_EQ(table.startable(), (rooms{{1, "ann"}}));
    EXPECT_FALSE(table.all_hopeless());
}

TEST(room_table_test, a_room_that_comes_back_before_its_watcher_has_stopped_is_watched_again) {
    room_table table;
    table.want("ann");
    EXPECT_EQ(table.startable(), (rooms{{0, "ann"}}));
    EXPECT_EQ(table.unwant("ann"), 0u);
    table.want("ann");
    EXPECT_TRUE(table.startable().empty()) << "the former watcher still runs";
    table.ended(0, true);
    EXPECT_FALSE(table.all_hopeless()) << "we stopped it ourselves";
    EXPECT_EQ(table.startable(), (rooms{{1, "ann"}}));
    table.ended(1, true);
    EXPECT_TRUE(table.all_hopeless()) << "this one ended by itself";
}

TEST(room_table_test, only_when_every_account_is_hopeless_is_the_relay) {
    room_table table;
    table.want("ann");
    table.want("bob");
    table.startable();
    EXPECT_FALSE(table.all_hopeless());
    table.ended(0, true);
    table.ended(1, false);
    EXPECT_FALSE(table.all_hopeless());

    room_table other;
    other.want("ann");
    other.startable();
    other.ended(0, true);
    EXPECT_TRUE(other.all_hopeless());
}

TEST(room_table_test, accounts_that_tiktok_does_not_know_are_given_up_only_when_no_other_is_left) {
    room_table table;
    EXPECT_FALSE(table.only_missing_left());
    table.want("ann");
    table.want("bob");
    table.startable();
    table.missing(0, true);
    EXPECT_FALSE(table.only_missing_left()) << "bob's live is still to come, and ann may turn up meanwhile";
    table.missing(1, true);
    EXPECT_TRUE(table.only_missing_left());
    table.missing(1, false);
    EXPECT_FALSE(table.only_missing_left());
    table.ended(1, false);
    EXPECT_TRUE(table.only_missing_left()) << "bob's live is over";
    table.ended(0, true);
    EXPECT_FALSE(table.only_missing_left());
    EXPECT_FALSE(table.all_hopeless());
}

TEST(room_table_test, losses_are_told_as_differences) {
    room_table table;
    table.want("ann");
    table.startable();
    const auto fresh = [&table](std::uint64_t events, std::uint64_t unread) {
        feed_counts totals{};
        totals[lost_events] = events;
        totals[unread_excess] = unread;
        const auto out = table.new_losses(0, totals);
        return std::pair(out[lost_events], out[unread_excess]);
    };
    EXPECT_EQ(fresh(3, 0), std::pair(3ul, 0ul));
    EXPECT_EQ(fresh(3, 1), std::pair(0ul, 1ul));
    EXPECT_EQ(fresh(5, 1), std::pair(2ul, 0ul));
    EXPECT_EQ(fresh(0, 0), std::pair(0ul, 0ul)) << "a total that is gone with its room is no gain";
}

}  // namespace
}  // namespace tiktok2twitch::app
