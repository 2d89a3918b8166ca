// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/filter/text_rules.hpp"

#include <gmock/gmock.h>

#include <array>

#include "unit/relay/filter_support.hpp"

namespace tiktok2twitch::relay {
namespace {

using test::kind;
using testing::ElementsAre;

text_rules rules_of(const filter_options& options) {
    return std::move(text_rules::compile(options, {}, nullptr)).value();
}

verdict text_of(const text_rules& rules, const std::string& text) {
    verdict out;
    out.text = text;
    rules.judge_text(false, out);
    return out;
}

TEST(text_rules_test, words_and_patterns_take_the_same_three_actions) {
    for (const bool words : {true, false}) {
        auto options = test::bare();
        (words ? options.words : options.patterns) = {"bad"};
        auto& action = words ? options.words_action : options.patterns_action;
        const std::string reason = words ? "blocked_word" : "blocked_pattern";
        EXPECT_EQ(text_of(rules_of(options), "so bad").what, kind::drop);
        EXPECT_EQ(text_of(rules_of(options), "so bad").reason, reason);
        action = filter_action::hold;
        const auto held = text_of(rules_of(options), "so bad");
        EXPECT_EQ(held.what, kind::hold);
        EXPECT_EQ(held.reason, reason);
        EXPECT_EQ(held.wait, options.hold_for);
        action = filter_action::mask;
        const auto masked = text_of(rules_of(options), "so bad");
        EXPECT_EQ(masked.what, kind::pass);
        EXPECT_EQ(masked.text, "so ***");
        EXPECT_THAT(masked.changes, ElementsAre(reason));
    }
}

TEST(text_rules_test, a_paid_name_is_told_without_it_and_any_other_is_dropped) {
    const auto rules = rules_of(test::with_words({"bad"}));
    std::optional<std::string> shown;
    verdict out;
    EXPECT_TRUE(rules.judge_name("Bad Ann", false, true, shown, out));
    EXPECT_EQ(shown, "");
    EXPECT_EQ(out.what, kind::pass);
    EXPECT_FALSE(rules.judge_name("Bad Ann", false, false, shown, out));
    EXPECT_EQ(out.reason, "blocked_name");
}

TEST(text_rules_test, the_moderators_words_count_until_others_are_set) {
    auto rules = rules_of(test::bare());
    EXPECT_EQ(text_of(rules, "bad").what, kind::pass);
    rules.set_extra_words({"bad"});
    EXPECT_EQ(text_of(rules, "bad").rule, "word \"bad\" of the moderators");
    rules.set_extra_words({"good"});
    EXPECT_EQ(text_of(rules, "bad").what, kind::pass);
}

TEST(text_rules_test, in_a_line_only_what_crosses_a_joint_counts) {
    const auto rules = rules_of(test::with_words({"kill yourself"}));
    std::string body = "kill: yourself";
    const std::array<std::size_t, 1> joint{6};
    const std::array<std::size_t, 1> elsewhere{14};
    verdict out;
    EXPECT_TRUE(rules.judge_line(body, elsewhere, false, out));
    EXPECT_FALSE(rules.judge_line(body, joint, false, out));
    EXPECT_EQ(out.rule, "word \"kill yourself\" of filter.words, name and text together");
}

}  // namespace
}  // namespace tiktok2twitch::relay
