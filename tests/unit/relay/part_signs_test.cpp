// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/format/part_signs.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/unicode.hpp"
#include "tiktok2twitch/relay/format/formatter.hpp"

namespace tiktok2twitch::relay {
namespace {

TEST(part_signs, no_viewer_writes_a_separator) {
    EXPECT_EQ(without_part_signs("hi \u2503 Streamer: I quit"), "hi - Streamer: I quit");
    EXPECT_EQ(without_part_signs("hi\u2503Streamer"), "hi-Streamer");
    EXPECT_EQ(without_part_signs("\u2503\u2503"), "--");
}

TEST(part_signs, nor_what_looks_like_one) {
    for (const auto* bar : {"|", "\u2502", "\u2551", "\u00a6", "\uff5c", "\uffe8", "\u2758", "\u275a",
                            "\u2223", "\u01c0", "\u23d0", "\u258c", "\u2016", "||", "\u254f"})
        EXPECT_EQ(without_part_signs(std::string("hi ") + bar + " Streamer: bye").find(bar),
                  std::string::npos)
            << bar;
    EXPECT_EQ(without_part_signs("hi| Streamer"), "hi- Streamer");
    EXPECT_EQ(without_part_signs("\u00e4|\u00e4"), "\u00e4-\u00e4") << "a wide sign may look like a blank";
    EXPECT_EQ(without_part_signs("||spoiler||"), "--spoiler--");
}

TEST(part_signs, a_bar_inside_of_a_word_stays) {
    EXPECT_EQ(without_part_signs("a|b (-_-)|(-_-)"), "a|b (-_-)|(-_-)");
}

TEST(part_signs, no_viewer_writes_a_fold) {
    EXPECT_EQ(without_part_signs("GG \u00d712 (ann, bob)"), "GG x12 [ann, bob)");
    EXPECT_EQ(without_part_signs("GG x12 (ann, bob)"), "GG x12 [ann, bob)");
    EXPECT_EQ(without_part_signs("GG X 12(ann)"), "GG X 12[ann)");
    EXPECT_EQ(without_part_signs("GG \u044512 (ann)"), "GG \u044512 [ann)");
    EXPECT_EQ(without_part_signs("\u2716\ufe0f\u2715 \u2a2f"), "xx x");
    EXPECT_EQ(without_part_signs("so (yes) x (no) 12 (maybe) f(x) 3x4 (12)"),
              "so (yes) x (no) 12 (maybe) f(x) 3x4 [12)");
}

TEST(part_signs, other_scripts_and_signs_stay) {
    for (const auto* text :
         {"hello", "col\u00b7lega \u00b7 a \u2022 b", "\u0939\u0948\u0964 \u0939\u093e\u0901\u0964",
          "\u0627 \u0627", "\u30fb \u30fc", "\u2014 a \u2013 b", "\u274c \u2705"})
        EXPECT_EQ(without_part_signs(text), text);
}

TEST(part_signs, names_texts_and_handles_of_a_line_have_none) {
    const formatter lines(parse_template("[T] {name} {unique_id}: {text}").value(), "host");
    event said;
    said.from.nickname = "Ann | she/her";
    said.from.unique_id = "ann\u2503";
    said.text = "a \u2503 Bob: GG \u00d73 (x)";
    const auto line = lines.format(said);
    ASSERT_TRUE(line);
    EXPECT_EQ(line->body, "Ann - she/her ann-: a - Bob: GG x3 [x)");
    EXPECT_EQ(line->text, "a - Bob: GG x3 [x)");
    EXPECT_EQ(line->name, "Ann - she/her");
}

}  // namespace
}  // namespace tiktok2twitch::relay
