// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// [filter], [commands], [badges] and [emoji].

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "unit/app/config_support.hpp"

namespace tiktok2twitch::app {
namespace {

// Cleaning cuts runs of one letter.
std::string letters(std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        out += i % 2 == 0 ? 'a' : 'b';
    }
    return out;
}

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

TEST(config_filter_test, every_setting_arrives) {
    const configuration loaded = load(R"([filter]
starter_lists = ["en", "PT-br"]
swearing = ["en", "DE"]
words = ["one, two", 'a.b.c', "bad"]
words_action = "mask"
patterns = [
  '\d{8,}',  # numbers
  '.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*',
]
patterns_action = "hold"
blocked_users = ["@Some.User", "6800000000000000001", "https://www.tiktok.com/@other/live"]
allowed_users = ["friend"]
links = "strip"
min_length = 2
max_length = 300
languages = ["en", "ES"]
per_user = "5/30s"
hold_new_users = "5s"
hold_for = "2m"
)");
    ASSERT_THAT(texts(loaded.errors), IsEmpty());
    const relay::filter_options& filter = loaded.value.filter;
    EXPECT_THAT(filter.starter_lists, ElementsAre("en", "pt-br"));
    EXPECT_THAT(filter.swearing, ElementsAre("en", "de"));
    EXPECT_THAT(filter.words, ElementsAre("one, two", "a.b.c", "bad"));
    EXPECT_EQ(filter.words_action, relay::filter_action::mask);
    EXPECT_THAT(filter.patterns, ElementsAre("\\d{8,}", testing::SizeIs(134)));
    EXPECT_EQ(filter.patterns_action, relay::filter_action::hold);
    EXPECT_THAT(filter.blocked_users, ElementsAre("some.user", "6800000000000000001", "other"));
    EXPECT_THAT(filter.allowed_users, ElementsAre("friend"));
    EXPECT_EQ(filter.links, relay::link_action::strip);
    EXPECT_EQ(filter.min_length, 2U);
    EXPECT_EQ(filter.max_length, 300U);
    EXPECT_THAT(filter.languages, ElementsAre("en", "es"));
    EXPECT_EQ(filter.per_user.count, 5U);
    EXPECT_EQ(filter.per_user.window, 30s);
    EXPECT_EQ(filter.hold_new_users, 5s);
    EXPECT_EQ(filter.hold_for, 120s);
    const configuration again = load(show_config(loaded));
    EXPECT_THAT(texts(again.errors), IsEmpty());
    EXPECT_EQ(again.value.filter.words, filter.words);
    EXPECT_EQ(again.value.filter.patterns, filter.patterns);
    EXPECT_EQ(again.value.filter.per_user.window, filter.per_user.window);
}

TEST(config_filter_test, lists_of_the_environment_have_commas) {
    config_layers layers;
    layers.file = config_file{"c.toml", "[filter]\nwords = [\"file\"]\n"};
    layers.environment = {{"filter.words", "one, two words ,,\tthree,", "X"}};
    layers.flags = {{"filter.starter_lists", "", "--set"}};
    const configuration loaded = build_config(layers);
    EXPECT_THAT(texts(loaded.errors), IsEmpty());
    EXPECT_THAT(loaded.value.filter.words, ElementsAre("one", "two words", "three"));
    EXPECT_THAT(loaded.value.filter.starter_lists, IsEmpty());
}

std::vector<std::string> patterns_of(const std::string& text) {
    config_layers layers;
    layers.flags = {{"filter.patterns", text, "--set"}};
    const configuration loaded = build_config(layers);
    EXPECT_THAT(texts(loaded.errors), IsEmpty()) << text;
    return loaded.value.filter.patterns;
}

TEST(config_filter_test, a_comma_inside_of_a_pattern_parts_nothing) {
    EXPECT_THAT(patterns_of("\\d{8,}"), ElementsAre("\\d{8,}"));
    EXPECT_THAT(patterns_of("\\d{8,12}, (a,b)+ ,[,(]x,c"), ElementsAre("\\d{8,12}", "(a,b)+", "[,(]x", "c"));
    EXPECT_THAT(patterns_of("\\{a,b\\}"), ElementsAre("\\{a", "b\\}"));
    EXPECT_THAT(patterns_of("a),b"), ElementsAre("a)", "b"));
}

TEST(config_filter_test, a_list_in_brackets_is_one_of_toml) {
    EXPECT_THAT(patterns_of("[\"call\", '\\d{8,}', 'a,b']"), ElementsAre("call", "\\d{8,}", "a,b"));
    EXPECT_THAT(patterns_of("['[a-z]']"), ElementsAre("[a-z]"));
    EXPECT_THAT(patterns_of("[]"), IsEmpty());
    config_layers layers;
    layers.environment = {{"filter.words", "[\"one, two\", \"three\"]", "X"}};
    EXPECT_THAT(build_config(layers).value.filter.words, ElementsAre("one, two", "three"));
    for (const std::string wrong :
         {"[call]", "[a-z]+[0-9]", "[1]", "[\"a\"]\ny = []", "[[\"a\"]]", "[\"a\", ]x]"}) {
        layers = {};
        layers.flags = {{"filter.patterns", wrong, "--set"}};
        EXPECT_THAT(
            texts(build_config(layers).errors),
            ElementsAre(AllOf(HasSubstr("filter.patterns: "),
                              HasSubstr("is no list: write [\"one\", \"two\"], and a character class as "
                                        "['[a-z]']"))))
            << wrong;
    }
    layers.flags = {{"filter.words", "[call]", "--set"}};
    EXPECT_THAT(texts(build_config(layers).errors),
                ElementsAre(testing::EndsWith("\"[call]\" is no list: write [\"one\", \"two\"]")));
}

TEST(config_filter_test, entries_that_are_none_are_refused) {
    for (const std::string entry : {"\"\"", "\" \"", "\"a\\nb\""}) {
        EXPECT_THAT(errors("[filter]\nwords = [\"good\", " + entry + "]\n"),
                    ElementsAre(HasSubstr("c.toml:2: filter.words: expected a list of texts")));
    }
    EXPECT_THAT(errors("[filter]\nwords = \"bad\"\n"), ElementsAre(HasSubstr("found text in quotes")));
    EXPECT_THAT(errors("[filter]\nwords = [[\"bad\"]]\n"), ElementsAre(HasSubstr("an array in it")));
    EXPECT_THAT(errors("[filter]\nblocked_users = [\"two words\"]\n"),
                ElementsAre(HasSubstr("filter.blocked_users: expected a list of TikTok users")));
    EXPECT_THAT(errors("[filter]\nlanguages = [\"english please\"]\n"),
                ElementsAre(HasSubstr("filter.languages: expected a list of languages")));
    EXPECT_THAT(errors("[filter]\nlanguages = [\"en-abcdefghi\"]\n"), IsEmpty());
    EXPECT_THAT(errors("[filter]\nlanguages = [\"en-abcdefghij\"]\n"), testing::SizeIs(1));
}

TEST(config_filter_test, a_language_that_no_comment_can_have_is_refused) {
    EXPECT_THAT(
        errors("[filter]\nlanguages = [\"en\", \"Portuguese\"]\n"),
        ElementsAre("c.toml:2: filter.languages: \"Portuguese\" is no code of a language; did you mean "
                    "\"pt\"?"));
    for (const std::string entry : {"xx", "abcdefghijkl"}) {
        EXPECT_THAT(
            errors("[filter]\nlanguages = [\"" + entry + "\"]\n"),
            ElementsAre("c.toml:2: filter.languages: \"" + entry + "\" is no language; write en, pt or de"));
    }
    EXPECT_THAT(errors("[filter]\nlanguages = [\"Und\"]\n"),
                ElementsAre(testing::EndsWith("\"Und\" is no language; write en, pt or de (unknown ones "
                                              "always pass)")));
    EXPECT_THAT(errors("[filter]\nlanguages = [\"pt-BR\", \"zh-Hans\", \"fil\", \"eng\"]\n"), IsEmpty());
    EXPECT_THAT(
        errors("[filter]\nstarter_lists = [\"english\"]\n"),
        ElementsAre(HasSubstr("filter.starter_lists: \"english\" is no code of a language; did you mean "
                              "\"en\"?")));
}

TEST(config_filter_test, choices_name_the_words_and_the_nearest) {
    EXPECT_THAT(
        errors("[filter]\nwords_action = \"mak\"\n"),
        ElementsAre("c.toml:2: filter.words_action: expected drop, mask or hold, found \"mak\"; did you "
                    "mean \"mask\"?"));
    EXPECT_THAT(
        errors("[filter]\nlinks = \"\"\n"),
        ElementsAre("c.toml:2: filter.links: expected allow, defang, strip, drop or hold, found \"\""));
    EXPECT_THAT(errors("[filter]\nlinks = true\n"), ElementsAre(HasSubstr("expected \"allow\", \"defang\"")));
}

TEST(config_filter_test, numbers_and_times_keep_their_bounds) {
    EXPECT_THAT(errors("[filter]\nmin_length = 1000\nmax_length = 10000\nper_user = \"1/24h\"\n"
                       "hold_new_users = \"10m\"\nhold_for = \"1h\"\n"),
                IsEmpty());
    EXPECT_THAT(errors("[filter]\nmin_length = 1001\nmax_length = 10001\nper_user = \"1/86401s\"\n"
                       "hold_new_users = \"601s\"\nhold_for = \"3601s\"\n"),
                ElementsAre(HasSubstr("between 0 and 1000,"), HasSubstr("between 0 and 10000,"),
                            HasSubstr("at most 86400s"), HasSubstr("between 0s and 600s"),
                            HasSubstr("between 1s and 3600s")));
    EXPECT_THAT(errors("[filter]\nhold_for = \"999ms\"\n"), testing::SizeIs(1));
    EXPECT_THAT(errors("[filter]\nper_user = \"often\"\n"), ElementsAre(HasSubstr("such as \"5/30s\"")));
    EXPECT_THAT(errors("[filter]\nmin_length = 5\nmax_length = 4\n"),
                ElementsAre(HasSubstr("c.toml:3: filter.max_length: smaller than filter.min_length (5)")));
    EXPECT_THAT(errors("[filter]\nmin_length = 5\nmax_length = 5\n"), IsEmpty());
}

TEST(config_filter_test, an_empty_rate_takes_a_limit_back) {
    config_layers layers;
    layers.file = config_file{"c.toml", "[filter]\nper_user = \"5/30s\"\n"};
    layers.flags = {{"filter.per_user", "", "--set"}};
    EXPECT_EQ(build_config(layers).value.filter.per_user.count, 0U);
}

TEST(config_filter_test, holding_without_commands_warns) {
    const std::string hold =
        "[filter]\nwords_action = \"hold\"\npatterns_action = \"hold\"\nlinks = \"hold\"\n";
    EXPECT_THAT(warnings(hold), IsEmpty());
    EXPECT_THAT(
        warnings(hold + "[commands]\nenabled = false\n"),
        ElementsAre(AllOf(HasSubstr("c.toml:2: filter.words_action"), HasSubstr("nobody can approve")),
                    HasSubstr("c.toml:3: filter.patterns_action"), HasSubstr("c.toml:4: filter.links")));
    EXPECT_THAT(warnings("[commands]\nenabled = false\n"), IsEmpty());
}

TEST(config_filter_test, the_command_word_is_one_that_twitch_passes_on) {
    EXPECT_EQ(load("[commands]\nword = \"!tt\"\n").value.commands.word, "!tt");
    EXPECT_THAT(errors("[commands]\nword = \"" + letters(25) + "\"\n"), IsEmpty());
    for (const std::string& word : {letters(26), std::string(), std::string("a b"), std::string("a\\tb"),
                                    std::string("a\\u200bb"), std::string("@bot")}) {
        EXPECT_THAT(errors("[commands]\nword = \"" + word + "\"\n"),
                    ElementsAre(HasSubstr("commands.word: expected a word of 1 to 25")))
            << word;
    }
    for (const std::string word : {"/tt", ".tt"}) {
        EXPECT_THAT(errors("[commands]\nword = \"" + word + "\"\n"),
                    ElementsAre(HasSubstr("a command of Twitch's own")));
    }
}

TEST(config_filter_test, marks_are_short_and_clean) {
    EXPECT_EQ(load("[badges]\ngifter = \"[G{level}]\"\nstreamer = \"\"\n").value.badges.gifter, "[G{level}]");
    EXPECT_THAT(errors("[badges]\nmoderator = \"" + std::string(4, 'a') + "\U0001F451 bcdefg\"\n"),
                IsEmpty());
    for (const std::string mark : {"abcdefghijklm", " a", "a  b", "\\u202ea", "a\\nb", "@bob"}) {
        EXPECT_THAT(errors("[badges]\nmoderator = \"" + mark + "\"\n"),
                    ElementsAre(HasSubstr("badges.moderator: expected a mark of at most 12")))
            << mark;
    }
}

TEST(config_filter_test, the_only_field_of_a_mark_is_the_level_of_those_who_have_one) {
    EXPECT_THAT(errors("[badges]\ngifter = \"[G{lvl}]\"\n"),
                ElementsAre("c.toml:2: badges.gifter: \"[G{lvl}]\": the only field of a mark is {level}"));
    EXPECT_THAT(errors("[badges]\nfan_club = \"{{level}\"\n"), testing::SizeIs(1));
    EXPECT_THAT(errors("[badges]\ngifter = \"{level}\"\n"),
                ElementsAre("c.toml:2: badges.gifter: \"{level}\": a mark needs more than its number, which "
                            "any name may have"));
    EXPECT_THAT(
        errors("[badges]\nstreamer = \"S{level}\"\n"),
        ElementsAre("c.toml:2: badges.streamer: only badges.gifter and badges.fan_club have a {level}"));
    EXPECT_THAT(errors("[badges]\nstreamer = \"{live}\"\nfan_club = \"F{level}\"\n"), IsEmpty());
}

TEST(config_filter_test, emoji_are_free_keys_with_checked_values) {
    const configuration loaded = load("[emoji]\nlaugh = \"😂\"\n\"sticker\" = \"(sticker)\"\n");
    EXPECT_THAT(texts(loaded.errors), IsEmpty());
    EXPECT_THAT(loaded.value.emoji, ElementsAre(Pair("laugh", "😂"), Pair("sticker", "(sticker)")));
    const std::string shown = show_config(loaded);
    EXPECT_THAT(shown, HasSubstr("\n[emoji]\nlaugh = \"😂\"  # file\n"));
    EXPECT_EQ(load(shown).value.emoji, loaded.value.emoji);

    EXPECT_THAT(errors("[emoji]\n\"[laugh]\" = \"x\"\n"),
                ElementsAre(HasSubstr("c.toml:2: emoji \"[laugh]\": a code is 1 to 32 letters")));
    EXPECT_THAT(errors("[emoji]\n" + letters(32) + " = \"" + letters(32) + "\"\n"), IsEmpty());
    EXPECT_THAT(errors("[emoji]\n" + letters(33) + " = \"b\"\n"), testing::SizeIs(1));
    for (const std::string& text :
         {letters(33), std::string(), std::string("a\\nb"), std::string("\\u202e"), std::string("@bob")}) {
        EXPECT_THAT(errors("[emoji]\na = \"" + text + "\"\n"),
                    ElementsAre(HasSubstr("c.toml:2: emoji \"a\": expected 1 to 32 printable characters")))
            << text;
    }
    EXPECT_THAT(
        errors("[emoji]\nlaugh = 5\n"),
        ElementsAre("c.toml:2: emoji \"laugh\": expected what to say for it, in quotes, found a whole "
                    "number"));
    EXPECT_THAT(errors("emoji = 5\n"), ElementsAre(HasSubstr("expected the section [emoji]")));
}

}  // namespace
}  // namespace tiktok2twitch::app
