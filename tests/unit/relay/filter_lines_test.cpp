// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What only name and text together make.

#include <gtest/gtest.h>

#include "filter_support.hpp"
#include "tiktok2twitch/relay/format/formatter.hpp"

namespace tiktok2twitch::relay::test {
namespace {

struct said_line {
    verdict judged;
    std::string body;
};

said_line say(const filter_options& options, std::string_view layout, std::string_view name,
              std::string_view text, const author& who = {}) {
    event said = comment(text);
    said.from.streamer = who.streamer;
    said.from.unique_id = who.unique_id;
    said.from.nickname = name;
    auto filter = make(options);
    said_line out{filter.judge(said, {}), {}};
    EXPECT_NE(out.judged.what, kind::drop) << "alone, both are harmless";
    said.text = out.judged.text;
    const auto line = formatter(parse_template(layout).value(), "host").format(said);
    out.body = line->body;
    filter.judge_line(said, out.body, line->joints, out.judged);
    return out;
}

constexpr std::string_view usual = "[T] {name}: {text}";

TEST(filter_lines_test, a_blocked_phrase_is_found_across_name_and_text) {
    const auto options = with_words({"kill yourself"});
    for (const auto& [name, text] : {std::pair{"kill", "yourself"}, {"Mr K1LL", "y\u00f3urself now"}}) {
        const auto said = say(options, usual, name, text);
        EXPECT_EQ(said.judged.what, kind::drop) << name;
        EXPECT_EQ(said.judged.reason, "blocked_word");
        EXPECT_EQ(said.judged.rule, "word \"kill yourself\" of filter.words, name and text together");
    }
    EXPECT_EQ(say(options, "{text} ({name})", "yourself", "kill").judged.what, kind::drop);
    EXPECT_EQ(say(options, "{name} says {text}", "kill", "yourself").judged.what, kind::pass);
    EXPECT_EQ(say(options, usual, "Ann", "yourself").judged.what, kind::pass);
    EXPECT_EQ(say(with_words({"bad"}), "{name}{text}", "b", "ad").judged.what, kind::drop);
}

TEST(filter_lines_test, half_a_name_is_not_masked_but_dropped_or_held) {
    const auto masked = say(with_words({"kill yourself"}, filter_action::mask), usual, "kill", "yourself");
    EXPECT_EQ(masked.judged.what, kind::drop);
    auto options = with_words({"kill yourself"}, filter_action::hold);
    options.hold_new_users = 5s;
    const auto held = say(options, usual, "kill", "yourself");
    EXPECT_EQ(held.judged.what, kind::hold);
    EXPECT_EQ(held.judged.reason, "blocked_word");
    EXPECT_EQ(held.judged.wait, options.hold_for) << "not only as long as a new user";
    EXPECT_FALSE(held.judged.release_after);
}

TEST(filter_lines_test, what_the_operator_wrote_or_one_part_holds_is_not_judged_again) {
    auto options = with_words({"buy"});
    EXPECT_EQ(say(options, "{name} may buy: {text}", "Ann", "hi").judged.what, kind::pass);
    options.links = link_action::drop;
    EXPECT_EQ(say(options, "{name} on example.com: {text}", "Ann", "hi").judged.what, kind::pass);
    options = with_words({"bad"}, filter_action::hold);
    const auto held = say(options, usual, "Ann", "bad");
    EXPECT_EQ(held.judged.rule, "word \"bad\" of filter.words");
    options = bare();
    options.patterns = {": ", "\\w: \\w"};
    EXPECT_EQ(say(options, usual, "Ann", "hi").judged.what, kind::pass) << "every line would match";
}

TEST(filter_lines_test, links_across_the_joint_meet_the_action) {
    auto options = bare();
    const auto with = [&options](link_action action, const author& who = {}) {
        options.links = action;
        return say(options, "{name}.{text}", "evil", "com/x is good", who);
    };
    for (const auto action : {link_action::defang, link_action::strip}) {
        const auto said = with(action);
        EXPECT_EQ(said.judged.what, kind::pass);
        EXPECT_EQ(said.judged.reason, "link");
        EXPECT_EQ(said.judged.rule, "link \"evil.com/x\", name and text together");
        EXPECT_EQ(said.body, "evil\u00b7com/x is good");
    }
    EXPECT_EQ(with(link_action::drop).judged.what, kind::drop);
    EXPECT_EQ(with(link_action::hold).judged.what, kind::hold);
    EXPECT_EQ(with(link_action::allow).body, "evil.com/x is good");
    author streamer;
    streamer.streamer = true;
    EXPECT_EQ(with(link_action::drop, streamer).judged.what, kind::pass);
    options.allowed_users = {"@friend"};
    author friendly;
    friendly.unique_id = "friend";
    EXPECT_EQ(with(link_action::drop, friendly).judged.what, kind::pass);
}

TEST(filter_lines_test, an_address_that_is_still_one_without_its_dots_is_dropped) {
    auto options = bare();
    options.links = link_action::defang;
    EXPECT_EQ(say(options, "{name}{text}", "http:", "//evil.zz/a").judged.what, kind::drop);
    EXPECT_EQ(say(options, usual, "http:", "//evil.zz").judged.what, kind::pass);
    EXPECT_EQ(say(options, "{name}.{text}", "ann", "com/x…y.z").body, "ann·com/x·y·z");
    EXPECT_EQ(say(options, "{name} {text}", "www", ".evil.zz").body, "www\u00b7evil\u00b7zz");
    EXPECT_EQ(say(options, "{name}{text}", "www", ".evil.zz ab.de").body, "www\u00b7evil\u00b7zz ab(dot)de");
}

}  // namespace
}  // namespace tiktok2twitch::relay::test
