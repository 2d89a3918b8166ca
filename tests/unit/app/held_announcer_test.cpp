// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/service/moderator_commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "tiktok2twitch/app/control/held_words.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::app {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

constexpr core::time_point start{std::chrono::hours(1000)};

TEST(held_announcer, a_line_has_the_numbers_and_the_names_that_may_be_shown) {
    held_announcer subject;
    const std::vector<announced> held{{4, "Ann"}, {7, ""}};
    EXPECT_EQ(subject.line(held, start, "!tiktok"),
              "2 held for a moderator: 4 (Ann), 7; '!tiktok approve NUMBER' or 'deny NUMBER'");
}

TEST(held_announcer, at_most_a_line_a_minute_and_only_of_something_new) {
    held_announcer subject;
    std::vector<announced> held{{1, ""}};
    EXPECT_TRUE(subject.line(held, start, "!t"));
    EXPECT_FALSE(subject.line(held, start + seconds(600), "!t")) << "nothing new";
    held.push_back({2, ""});
    ASSERT_TRUE(subject.line(held, start + seconds(600), "!t"));
    held.push_back({3, ""});
    EXPECT_FALSE(subject.line(held, start + seconds(659), "!t"));
    EXPECT_TRUE(subject.line(held, start + seconds(660), "!t"));
    EXPECT_FALSE(subject.line({}, start + seconds(1000), "!t"));
}

TEST(held_announcer, a_crowd_with_long_names_fits_and_pings_nobody) {
    held_announcer subject;
    std::vector<announced> held;
    for (std::uint64_t number = 10'000; number < 12'000; ++number)
        held.push_back({number, "@" + std::string(100, 'x')});
    const auto line = *subject.line(held, start, "!" + std::string(24, 'w'));
    EXPECT_LE(core::count_code_points(line), 200U);
    EXPECT_THAT(line, HasSubstr("and 1996 more; '!w"));
    EXPECT_THAT(line, HasSubstr("'deny NUMBER'"));
    EXPECT_THAT(line, Not(HasSubstr("@")));
    EXPECT_EQ(line.substr(0, 5), "2000 ");
}

TEST(held_words, a_person_sees_number_room_words_and_why) {
    const auto text = held_text(
        "{\"version\":1,\"held\":[{\"id\":4,\"tiktok\":\"ann\",\"channel\":\"chan\",\"kind\":\"chat\","
        "\"user\":\"bob\",\"line\":\"[TikTok] B\\u202eob: hi\\u001b[2J\",\"reason\":\"blocked_word\","
        "\"seconds_left\":240}]}");
    EXPECT_THAT(text, HasSubstr("4  @ann -> #chan, of @bob, for 4 min more\n    [TikTok] Bob: hi"));
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    EXPECT_THAT(text, HasSubstr("'tiktok2twitch approve ID' says one"));
    EXPECT_EQ(held_text("{\"version\":1,\"held\":[]}"), "nothing is held\n");
    EXPECT_THAT(held_text("{"), HasSubstr("does not understand"));
}

}  // namespace
}  // namespace tiktok2twitch::app
