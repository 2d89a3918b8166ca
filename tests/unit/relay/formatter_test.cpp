// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/format/formatter.hpp"

#include <gtest/gtest.h>

#include "support/text_rules.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay {
namespace {

event comment(std::string nickname, std::string text) {
    event said;
    said.from.id = 42;
    said.from.unique_id = "ann.b";
    said.from.nickname = std::move(nickname);
    said.text = std::move(text);
    return said;
}

formatter make(std::string_view layout) {
    return formatter(parse_template(layout).value(), "room1");
}

std::string line(std::string_view layout, const event& said) {
    const auto result = make(layout).format(said);
    return result ? result->label + result->body : "(nothing)";
}

std::string hint_of(std::string_view layout) {
    std::string hint;
    const auto parsed = parse_template(layout, &hint);
    return parsed.has_error() && parsed.error() == core::errc::bad_template ? hint : "accepted";
}

std::string repeat(std::string_view piece, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) {
        text += piece;
    }
    return text;
}

TEST(parse_template, unknown_field_names_the_nearest_known) {
    EXPECT_EQ(hint_of("{nmae}: {text}"), "unknown field {nmae}; did you mean {name}?");
    EXPECT_EQ(hint_of("{uniqueid}: {text}"), "unknown field {uniqueid}; did you mean {unique_id}?");
    EXPECT_EQ(hint_of("{Text}"), "unknown field {Text}; did you mean {text}?");
    EXPECT_EQ(hint_of("{name }: {text}"), "unknown field \"{name }\"; did you mean {name}?");
    EXPECT_EQ(hint_of("{  name}: {text}"), "unknown field \"{  name}\"; did you mean {name}?");
    EXPECT_EQ(hint_of("{na\xE2\x80\x8Bme}: {text}"),
              "unknown field {name} with characters that cannot be shown; did you mean {name}?");
    EXPECT_EQ(hint_of("{a\x1B[0m} {text}").find('\x1B'), std::string::npos);
    EXPECT_EQ(hint_of("{} {text}").substr(0, 16), "unknown field {}");
}

TEST(parse_template, braces_must_match) {
    EXPECT_NE(hint_of("{name: "), "accepted");
    EXPECT_NE(hint_of("{text} {"), "accepted");
    EXPECT_NE(hint_of("{text} }"), "accepted");
    EXPECT_EQ(hint_of("{{{text}}}"), "accepted");
    EXPECT_EQ(line("{{x}} {{{text}}}", comment("Ann", "hi")), "{x} {hi}");
}

TEST(parse_template, text_must_be_there) {
    EXPECT_EQ(hint_of(""), "{text} is missing");
    EXPECT_EQ(hint_of("{name} {{text}}"), "{text} is missing");
}

TEST(parse_template, command_at_the_line_start_is_refused) {
    for (const char* layout : {"/me {text}", ".{text}", "!say {text}", "  /{text}"}) {
        EXPECT_NE(hint_of(layout), "accepted") << layout;
    }
    EXPECT_EQ(hint_of("[TikTok] /{text}"), "accepted");
}

TEST(parse_template, characters_that_cannot_be_said_are_refused) {
    for (const char* layout : {"a\n{text}", "a\t{text}", "\x01{text}", "\u202E{text}", "\u2028{text}",
                               "\xFF{text}", "\u200B{text}", "\u3164{text}"}) {
        EXPECT_NE(hint_of(layout), "accepted") << testing::PrintToString(layout);
    }
    EXPECT_NE(hint_of("\u202E{text}").find("U+202e"), std::string::npos);
}

TEST(parse_template, without_a_place_for_the_hint_it_only_fails) {
    EXPECT_TRUE(parse_template("{nope}").has_error());
}

TEST(parse_template, literal_text_has_at_most_200_characters) {
    EXPECT_EQ(hint_of(std::string(100, 'a') + "{text}" + std::string(100, 'a')), "accepted");
    EXPECT_NE(hint_of(std::string(100, 'a') + "{text}" + std::string(101, 'a')), "accepted");
}

TEST(formatter, default_template_separates_label_and_body) {
    const auto result = make("[TikTok] {name}: {text}").format(comment("Ann", "hi there"));
    ASSERT_TRUE(result);
    EXPECT_EQ(result->label, "[TikTok] ");
    EXPECT_EQ(result->body, "Ann: hi there");
}

TEST(formatter, joints_are_where_the_pieces_meet_in_the_body) {
    const auto parts = [](std::string_view layout, const event& said) {
        const auto made = make(layout).format(said);
        std::vector<std::string> cut;
        for (std::size_t i = 0; i < made->joints.size(); ++i) {
            const auto end = i + 1 < made->joints.size() ? made->joints[i + 1] : made->body.size();
            cut.push_back(made->body.substr(made->joints[i], end - made->joints[i]));
        }
        return cut;
    };
    using strings = std::vector<std::string>;
    EXPECT_EQ(parts("[T] {name}: {text}", comment("Ann", "hi")), (strings{"Ann", ": ", "hi"}));
    EXPECT_EQ(parts("{name}@{text}", comment("A@b", "c@d e@")), (strings{"A＠b", "＠", "c＠d e@"}));
    EXPECT_EQ(parts("{name} {badges} {text}", comment("Ann", "hi")), (strings{"Ann", " ", "", "", "hi"}));
    EXPECT_EQ(parts("{name}{text}", comment("!x", "hi")), (strings{"!x", "hi"}));
    EXPECT_EQ(parts("{name}: {text}", comment("A", repeat("ab ", 300)))[2].substr(0, 3), "ab ");
    EXPECT_LE(parts("{name}: {text}|{text}", comment("A", repeat("ab ", 300))).size(), 5U);
}

TEST(formatter, bracket_codes_in_names_stay) {
    EXPECT_EQ(line("[T] {name}: {text}", comment("[rose] Ann", "hi")), "[T] [rose] Ann: hi");
}

TEST(formatter, every_field_is_filled_in) {
    event said = comment("Ann", "hi");
    said.from.streamer = said.from.moderator = said.from.subscriber = true;
    EXPECT_EQ(line("{room}|{badges}|{name}|{unique_id}|{text}", said),
              "room1|[streamer][mod][sub]|Ann|ann.b|hi");
}

TEST(formatter, empty_badges_leave_no_double_blank) {
    event said = comment("Ann", "hi");
    EXPECT_EQ(line("[T] {badges} {name}: {text}", said), "[T] Ann: hi");
    EXPECT_EQ(line("{badges} {name}: {text} {badges}", said), "Ann: hi");
    said.from.moderator = true;
    EXPECT_EQ(line("[T] {badges} {name}: {text}", said), "[T] [mod] Ann: hi");
}

TEST(formatter, name_falls_back_to_handle_and_number) {
    EXPECT_EQ(line("[T] {name}: {text}", comment(" \u200B", "hi")), "[T] ann.b: hi")
        << "without a sign that nobody can reach";
    event said = comment("", "hi");
    said.from.unique_id = "\n";
    EXPECT_EQ(line("[T] {name}: {text}", said), "[T] user42: hi");
}

TEST(formatter, the_handle_is_shown_by_its_field_or_for_want_of_a_nickname) {
    const auto shows = [](std::string_view layout, const char* nickname, event_kind kind = event_kind::chat) {
        return make(layout).shows_handle(kind, nickname);
    };
    EXPECT_FALSE(shows("[T] {name}: {text}", "Ann"));
    EXPECT_TRUE(shows("[T] {name}: {text}", " \u200B"));
    EXPECT_TRUE(shows("[T] {unique_id}: {text}", "Ann"));
    EXPECT_TRUE(shows("[T] {text}", "")) << "in a folded line";
    EXPECT_FALSE(shows("[T] {name}: {text}", "[mod]"));
    EXPECT_TRUE(shows("[T] {badges}{name}: {text}", "[mod]"));
    EXPECT_FALSE(shows("[T] {unique_id} {text}", "", event_kind::viewers)) << "nobody's";
}

TEST(formatter, nothing_is_said_about_an_empty_text) {
    EXPECT_EQ(line("[T] {name}: {text}", comment("Ann", "")), "(nothing)");
    EXPECT_EQ(line("[T] {name}: {text}", comment("Ann", " \u200B\u202E\n\u3164 ")), "(nothing)");
}

TEST(formatter, sticker_has_a_placeholder) {
    event said = comment("Ann", "");
    said.kind = event_kind::emote_chat;
    EXPECT_EQ(line("[T] {name}: {text}", said), "[T] Ann: [sticker]");
}

TEST(formatter, line_break_and_command_in_a_text_stay_text) {
    EXPECT_EQ(line("[T] {name}: {text}", comment("Ann\r\nJOIN #x", "a\r\nPRIVMSG #b :/ban c")),
              "[T] Ann JOIN #x: a PRIVMSG #b :/ban c");
}

TEST(formatter, line_without_label_never_starts_like_a_command) {
    EXPECT_EQ(line("{text}", comment("Ann", "/ban x")), "» /ban x");
    EXPECT_EQ(line("{text}", comment("Ann", " .timeout")), "» .timeout");
    EXPECT_EQ(line("{text}", comment("Ann", "!quit")), "» !quit");
    EXPECT_EQ(line("{name}: {text}", comment("/me", "hi")), "» /me: hi");
    EXPECT_EQ(line("{badges}{name}: {text}", comment("\u200B/me", "hi")), "» /me: hi");
    EXPECT_EQ(line("{text}", comment("Ann", "(hi)")), "(hi)");
    EXPECT_EQ(line("{text}", comment("Ann", "[hi]")), "[hi]");
    EXPECT_EQ(line("{text}", comment("Ann", "1 hi")), "1 hi");
}

TEST(formatter, what_twitch_may_drop_in_front_hides_no_command) {
    EXPECT_EQ(line("{name}: {text}", comment("\U0001FAE9/ban x", "hi")), "» \U0001FAE9/ban x: hi");
    EXPECT_EQ(line("{name}: {text}", comment("\U0001FAE9 .timeout", "hi")), "» \U0001FAE9 .timeout: hi");
    EXPECT_EQ(line("{text}", comment("Ann", "\U0001FAE9\uFE0F\U0001CC00!quit")),
              "» \U0001FAE9\uFE0F\U0001CC00!quit");
    EXPECT_EQ(line("{badges}{name}{text}", comment("\U0001FADF", "/ban x")), "» \U0001FADF/ban x")
        << "over a joint";
    EXPECT_EQ(line("{text}", comment("Ann", "😀/x")), "😀/x") << "known for long";
    EXPECT_EQ(line("{text}", comment("Ann", "\U0001FAE9 hi")), "\U0001FAE9 hi");
    EXPECT_EQ(line("[T] {text}", comment("Ann", "\U0001FAE9/ban x")), "[T] \U0001FAE9/ban x");
}

TEST(formatter, a_label_that_twitch_may_drop_is_none) {
    EXPECT_EQ(hint_of("\U0001FAE9/me {text}"), "lines would begin with / and be read as a command");
    const auto said = make("\U0001FAE9 {text}").format(comment("Ann", "/ban x"));
    ASSERT_TRUE(said);
    EXPECT_EQ(said->label, "") << "folded lines begin with their text then";
    EXPECT_EQ(said->body, "» \U0001FAE9 /ban x");
    EXPECT_EQ(line("\U0001FAE9[T] {text}", comment("Ann", "/ban x")), "\U0001FAE9[T] /ban x");
}

TEST(formatter, at_sign_never_meets_a_name) {
    EXPECT_EQ(line("[T] @{name} {text}", comment("Ann", "hi")), "[T] ＠Ann hi");
    EXPECT_EQ(line("@{name} {text}", comment("Ann", "hi")), "＠Ann hi");
    EXPECT_EQ(line("[T] {name}{text}", comment("Ann @", "streamer")), "[T] Ann ＠streamer");
    EXPECT_EQ(line("[T @x] {text}", comment("Ann", "@y")), "[T ＠x] ＠y");
    EXPECT_EQ(line("[T] @ {text}", comment("Ann", "me @")), "[T] @ me @");
}

TEST(formatter, name_that_imitates_a_line_stays_behind_the_label) {
    EXPECT_EQ(line("[T] {name}: {text}", comment("Bob: hi", "x")), "[T] Bob: hi: x");
}

TEST(formatter, long_name_is_cut_between_clusters) {
    const std::string family = "👨\u200D👩\u200D👧";
    EXPECT_EQ(line("[T] {name}: {text}", comment("abcdefghijklmnopqrstuvwxyz012345", "x")),
              "[T] abcdefghijklmnopqrstuvwxyz012345: x");
    EXPECT_EQ(line("[T] {name}: {text}", comment("abcdefghijklmnopqrstuvwxyz0123456", "x")),
              "[T] abcdefghijklmnopqrstuvwxyz01234…: x");
    // 12 of 5 code points and one dash each, twice over: 64 code points come before 32 clusters.
    const std::string crowd = repeat(family + "-", 20);
    EXPECT_EQ(line("[T] {name}: {text}", comment(crowd, "x")), "[T] " + repeat(family + "-", 10) + "…: x");
}

TEST(formatter, long_text_is_cut_so_that_the_template_stays) {
    const std::string text = repeat("ab", 400);
    const std::string full = line("[T] {name}: {text} <", comment("Ann", text));
    EXPECT_EQ(core::count_code_points(full), 480U);
    EXPECT_TRUE(
        full.ends_with("…"
                       " <"));
    const std::string fitting = repeat("ab", 300).substr(0, 480 - 9);
    EXPECT_EQ(line("[T] {name}: {text}", comment("Ann", fitting)), "[T] Ann: " + fitting);
    const std::string over = line("[T] {name}: {text}", comment("Ann", fitting + "c"));
    EXPECT_EQ(core::count_code_points(over), 480U);
    EXPECT_TRUE(over.ends_with("…"));
}

TEST(formatter, text_is_cut_between_clusters) {
    const std::string full = line("[T] {text}", comment("Ann", repeat("👨\u200D👩 ", 200)));
    EXPECT_EQ(core::count_code_points(full), 4 + 4 * 119U);
    EXPECT_TRUE(full.ends_with("👩…")) << full;
}

// The filters saw the whole: what is left of it must not be a word or a link of its own.
TEST(formatter, what_is_cut_says_nothing_new) {
    EXPECT_EQ(line("[T] {name}: {text}", comment("free-coins-at-evil-site-abc.community9999", "x")),
              "[T] free-coins-at-evil-site-abc…: x");
    EXPECT_EQ(line("[T] {name}: {text}", comment("the quick brown fox jumps o assesses nobody", "x")),
              "[T] the quick brown fox jumps o…: x");
    const std::string words = repeat("hello ", 77);
    const event said = comment("Ann", words + "evil-site.community and more");
    EXPECT_EQ(line("[T] {name}: {text}", said), "[T] Ann: " + words.substr(0, words.size() - 1) + "…");
}

TEST(formatter, repeated_fields_still_fit) {
    const std::string name = repeat("n", 12) + repeat("m", 12);
    const event said = comment(name, repeat("ab", 400));
    EXPECT_LE(core::count_code_points(line("{text} {text}", said)), 480U);
    EXPECT_LE(core::count_code_points(line(repeat("{name} ", 40) + "{text}", said)), 480U);
}

TEST(formatter, escape_counts_for_the_line) {
    EXPECT_EQ(core::count_code_points(line("{text}", comment("Ann", "/" + repeat("ab", 400)))), 480U);
}

TEST(formatter, bracket_codes_of_texts_are_expanded_before_the_filters) {
    formatter_options options;
    options.emoji = {{"x", "@"}, {"sticker", "(sticker)"}};
    const formatter own(parse_template("[T] {text}").value(), "room1", options);
    EXPECT_EQ(own.format(comment("Ann", "[x]bob [laugh]"))->body, "[x]bob [laugh]");
    event sticker = comment("Ann", "");
    sticker.kind = event_kind::emote_chat;
    EXPECT_EQ(own.format(sticker)->body, "(sticker)");
}

TEST(formatter, hostile_line_breaks_no_rule) {
    const std::string zalgo =
        "\u202E@" + repeat("e\u0301\u0302\u0303\u0304\u0305", 90) + "\xF0\x9F\x01@x\u200D";
    for (const char* layout : {"[TikTok] {name}: {text}", "{text}", "@{name}@{text} {badges} {unique_id}"}) {
        event said = comment(zalgo, zalgo);
        said.from.unique_id = zalgo;
        EXPECT_EQ(test::broken_rule(line(layout, said)), "") << layout;
    }
}

}  // namespace
}  // namespace tiktok2twitch::relay
