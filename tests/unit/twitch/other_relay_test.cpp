// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/sending/other_relay.hpp"

#include <gtest/gtest.h>

#include "tiktok2twitch/relay/format/part_signs.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const core::time_point start{std::chrono::hours(1)};

class other_relay_test : public testing::Test {
protected:
    bool given(const std::string& body, const std::string& label = "[TikTok] ") {
        relay::line_part part;
        part.label = label;
        part.body = body;
        return twin.on_given(part, now);
    }
    bool read(const std::string& line, bool own = true) { return twin.on_read(line, own, now); }

    other_relay twin;
    core::time_point now = start;
    const std::string between{relay::part_separator};
};

TEST_F(other_relay_test, our_own_account_says_what_we_were_given) {
    EXPECT_FALSE(given("ann: hi"));
    EXPECT_FALSE(read("good evening"));
    EXPECT_FALSE(read("ann: hi"));  // without the label
    EXPECT_FALSE(twin.seen(now));
    EXPECT_TRUE(read("[TikTok] ann: hi"));
    EXPECT_TRUE(twin.seen(now + minutes(9)));
    EXPECT_FALSE(twin.seen(now + minutes(10)));
}

TEST_F(other_relay_test, we_are_given_what_our_own_account_said) {
    given("bob: first");
    EXPECT_FALSE(read("[TikTok] ann: hi"));
    now += seconds(3);
    EXPECT_TRUE(given("ann: hi"));
}

TEST_F(other_relay_test, messages_are_compared_not_lines) {
    given("bob: two");
    EXPECT_TRUE(read("[TikTok] ann: one" + between + "bob: two" + between + "cy: three"));
    EXPECT_TRUE(given("cy: three"));
    given("eve: six");
    EXPECT_TRUE(read("[TikTok] eve: six / and seven"));
    given("dan: four");
    EXPECT_TRUE(read("[TikTok] ann: five" + between + "[TikTok] dan: four"));
}

TEST_F(other_relay_test, without_a_label_our_own_account_is_enough) {
    given("ann: hi", "");
    EXPECT_FALSE(read("ann: hi", false));
    EXPECT_TRUE(read("ann: hi"));
}

TEST_F(other_relay_test, after_two_minutes_it_is_chance) {
    given("ann: hi");
    now += other_relay::remembered;
    EXPECT_FALSE(read("[TikTok] ann: hi"));
    now += other_relay::remembered;
    EXPECT_FALSE(given("ann: hi"));
}

TEST_F(other_relay_test, another_account_has_to_be_first_and_twice) {
    given("zoe: hello");
    EXPECT_FALSE(read("[TikTok] ann: one", false));
    EXPECT_FALSE(given("ann: one"));
    EXPECT_FALSE(given("ann: one"));  // that one was counted
    EXPECT_FALSE(read("[TikTok] ann: two", false));
    EXPECT_TRUE(given("ann: two"));
}

TEST_F(other_relay_test, a_viewer_who_copies_what_he_reads_is_no_relay) {
    for (int i = 0; i < 20; ++i) {
        EXPECT_FALSE(given("ann: hi"));
        EXPECT_FALSE(read("[TikTok] ann: hi", false));
        now += seconds(5);
    }
    EXPECT_FALSE(twin.seen(now));
}

TEST_F(other_relay_test, what_is_remembered_is_bounded) {
    given("first");
    for (std::size_t i = 0; i < other_relay::most; ++i)
        given("m" + std::to_string(i));
    EXPECT_FALSE(read("[TikTok] first"));
    EXPECT_TRUE(read("[TikTok] m0"));
}

}  // namespace
}  // namespace tiktok2twitch::twitch
