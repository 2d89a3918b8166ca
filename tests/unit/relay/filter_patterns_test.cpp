// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "filter_support.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay::test {
namespace {

filter_options with_patterns(std::vector<std::string> patterns, filter_action action = filter_action::drop) {
    filter_options options = bare();
    options.patterns = std::move(patterns);
    options.patterns_action = action;
    return options;
}

TEST(filter_patterns_test, a_match_drops_and_names_the_pattern) {
    auto filter = make(with_patterns({"free\\s+followers", "^\\d{4,}$"}));
    EXPECT_EQ(judge(filter, "get FREE  Followers").rule, "pattern 1 \"free\\s+followers\"");
    EXPECT_EQ(judge(filter, "12345").rule, "pattern 2 \"^\\d{4,}$\"");
    EXPECT_EQ(judge(filter, "12345").reason, "blocked_pattern");
    EXPECT_EQ(judge(filter, "a 12345").what, kind::pass);
}

TEST(filter_patterns_test, the_folded_form_is_looked_at_too) {
    auto filter = make(with_patterns({"free", "café", "groß"}));
    EXPECT_EQ(judge(filter, "ⓕⓡⓔⓔ ⓕⓞⓛⓛⓞⓦⓔⓡⓢ").rule, "pattern 1 \"free\"");
    EXPECT_EQ(judge(filter, "ＣＡＦÉ").rule, "pattern 2 \"café\"");
    EXPECT_EQ(judge(filter, "groß").rule, "pattern 3 \"groß\"");
}

TEST(filter_patterns_test, case_counts_when_the_pattern_says_so) {
    auto filter = make(with_patterns({"(?-i)^[A-Z]{4,}$"}));
    EXPECT_EQ(judge(filter, "LOUD").what, kind::drop);
    EXPECT_EQ(judge(filter, "loud").what, kind::pass);
}

TEST(filter_patterns_test, mask_covers_what_matched_in_either_form) {
    auto filter = make(with_patterns({"b.d", "zz+"}, filter_action::mask));
    const auto said = judge(filter, "a BÄD 𝐛𝐚𝐝 day, zzz");
    EXPECT_EQ(said.text, "a *** *** day, ***");
    EXPECT_EQ(said.what, kind::pass);
    EXPECT_EQ(said.reason, "blocked_pattern");
    EXPECT_EQ(said.rule, "pattern 1 \"b.d\"");
}

TEST(filter_patterns_test, what_cannot_be_masked_is_dropped) {
    EXPECT_EQ(make(with_patterns({"[*]|b"}, filter_action::mask)).judge(comment("b"), {}).what, kind::drop);
    EXPECT_EQ(make(with_patterns({"\\bx$|\\b$"}, filter_action::mask)).judge(comment("b"), {}).what,
              kind::drop);
}

TEST(filter_patterns_test, of_too_many_matches_the_rest_is_masked_as_one) {
    auto filter = make(with_patterns({"b"}, filter_action::mask));
    const auto said = judge(filter, repeat("b-", 40) + "cd");
    EXPECT_EQ(said.text, repeat("*-", 32) + "************");
}

TEST(filter_patterns_test, hold_waits) {
    const auto said = make(with_patterns({"b"}, filter_action::hold)).judge(comment("b"), {});
    EXPECT_EQ(said.what, kind::hold);
    EXPECT_EQ(said.wait, 5min);
    EXPECT_EQ(said.text, "b");
}

TEST(filter_patterns_test, a_bad_pattern_is_named_with_what_re2_says) {
    EXPECT_EQ(hint_of(with_patterns({"ok", "a(b"})),
              "filter.patterns, entry 2: \"a(b\" is no regular expression: missing ): a(b");
    EXPECT_EQ(hint_of(with_patterns({"(?<=a)b"})).find("filter.patterns, entry 1: "), 0u);
    EXPECT_NE(hint_of(with_patterns({"\xFF"})).find("invalid UTF-8"), std::string::npos);
}

TEST(filter_patterns_test, a_pattern_that_matches_nothing_at_all_would_block_everything) {
    EXPECT_NE(hint_of(with_patterns({"a*"})).find("matches the empty text"), std::string::npos);
    EXPECT_NE(hint_of(with_patterns({""})).find("matches the empty text"), std::string::npos);
}

TEST(filter_patterns_test, size_and_number_are_bounded) {
    EXPECT_NE(hint_of(with_patterns({"((x{100}){100}){100}y"})).find("entry 1"), std::string::npos);
    EXPECT_NE(hint_of(with_patterns({"a{900}b{900}c{900}d{900}e{900}f{900}"})).find("is too large"),
              std::string::npos);
    EXPECT_EQ(make(with_patterns(std::vector<std::string>(200, "b"))).judge(comment("b"), {}).what,
              kind::drop);
    EXPECT_EQ(hint_of(with_patterns(std::vector<std::string>(201, "b"))),
              "filter.patterns has 201 entries; 200 are the most. Join some with |");
}

}  // namespace
}  // namespace tiktok2twitch::relay::test
