// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/format/formatter.hpp"

#include <gtest/gtest.h>

#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay {
namespace {

std::string left_of(std::string_view name, const badge_marks& marks = {}) {
    return without_marks(core::clean_text(name), marks);
}

TEST(badge_marks, are_taken_out_of_names_however_they_are_written) {
    for (const char* name : {"[streamer]Ann", "[Streamer] Ann", "Ann [STREAMER]", "[ str\u00e9am\u0435r ]Ann",
                             "\uff3bstreamer\uff3dAnn", "[m0d]Ann", "[mod][sub]Ann", "[m[mod]od] Ann",
                             "[stre\u200Bamer]Ann", "[[mod]s[mod]ub]Ann"})
        EXPECT_EQ(left_of(name), "Ann") << name;
    EXPECT_EQ(left_of("A[mod]nn"), "Ann");
    EXPECT_EQ(left_of("[mod]"), "");
    for (const char* name : {"Ann", "[modern] Ann", "[mood]", "mod", "streamer", "[VIP]", "[mod", "mod]", ""})
        EXPECT_EQ(left_of(name), name);
}

TEST(badge_marks, with_a_level_are_found_with_any) {
    badge_marks marks;
    marks.gifter = "[G{level}]";
    marks.fan_club = "\u2665{level}";
    EXPECT_EQ(left_of("[g7]Ann [G 40]", marks), "Ann");
    EXPECT_EQ(left_of("Ann \u266512", marks), "Ann");
    EXPECT_EQ(left_of("Ann \u266512th", marks), "Ann \u266512th");
    EXPECT_EQ(left_of("[G]Ann \u2665 [Gx]", marks), "[G]Ann \u2665 [Gx]");
}

TEST(badge_marks, that_are_words_are_no_parts_of_words) {
    badge_marks marks;
    marks.subscriber = "VIP";
    marks.new_follower = "\u2b50";
    marks.moderator = "the mod";
    EXPECT_EQ(left_of("vip Ann", marks), "Ann");
    EXPECT_EQ(left_of("Viper vips", marks), "Viper vips");
    EXPECT_EQ(left_of("Ann\u2b50\u2b50", marks), "Ann");
    EXPECT_EQ(left_of("TheMod Ann", marks), "Ann");
    marks.subscriber = " ";
    EXPECT_EQ(left_of("A nn", marks), "A nn");
}

TEST(badge_marks, are_taken_out_of_a_long_name_in_linear_time) {
    std::string name;
    for (int i = 0; i < 20'000; ++i)
        name += "[m";
    for (int i = 0; i < 20'000; ++i)
        name += "od]";
    EXPECT_EQ(left_of(name), "");
    EXPECT_EQ(left_of(std::string(100'000, ' ') + "[").size(), 1U);
}

TEST(badge_marks, stay_in_names_where_no_badges_are_shown) {
    event said;
    said.from.nickname = "[mod] Ann";
    const auto name_in = [&said](std::string_view layout) {
        return formatter(parse_template(layout).value(), "host").unmarked_name(said);
    };
    EXPECT_EQ(name_in("{badges}{name}: {text}"), "Ann");
    EXPECT_EQ(name_in("[T] {name} {badges}: {text}"), "Ann");
    EXPECT_EQ(name_in("{name}: {text}"), "[mod] Ann");
    said.from.nickname = " raw\n";
    EXPECT_EQ(name_in("{badges}{name}: {text}"), " raw\n");
}

}  // namespace
}  // namespace tiktok2twitch::relay
