// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What people get wrong in a configuration file, and the fix that they are told.

#include <gmock/gmock.h>

#include "unit/app/config_support.hpp"

namespace tiktok2twitch::app {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct mistake {
    const char* text;
    int line;
    const char* fix;
};

class config_mistakes : public testing::TestWithParam<mistake> {};

TEST_P(config_mistakes, get_their_own_fix_on_the_right_line) {
    const auto& [text, line, fix] = GetParam();
    EXPECT_THAT(errors(text), ElementsAre(AllOf(HasSubstr("c.toml:" + std::to_string(line) + ": "),
                                                HasSubstr(fix), Not(HasSubstr("hush")))))
        << text;
}

INSTANTIATE_TEST_SUITE_P(
    values, config_mistakes,
    testing::Values(mistake{"[relay]\npack = yes\n", 2, "written true and false"},
                    mistake{"[relay]\npack = True\n", 2, "in small letters"},
                    mistake{"[relay]\npack = off # no\n", 2, "true and false"},
                    mistake{"[relay]\nmax_age = 60s\n", 2, "text stands in quotes"},
                    mistake{"[twitch]\nlogin = bot\n", 2, "text stands in quotes"},
                    mistake{"[twitch]\ntoken = Bearer hush\n", 2, "text stands in quotes"},
                    mistake{"[twitch]\ntoken = oauth:hush\n", 2, "text stands in quotes"},
                    mistake{"[twitch]\nlogin = \"bot\n", 2, "no closing one in this line"},
                    mistake{"[twitch]\nlogin = 'bot\n", 2, "no closing one in this line"},
                    mistake{"[filter]\npatterns = [\"\\d{8,}\"]\n", 2, "single quotes"},
                    mistake{"[tls]\nca_file = \"C:\\words\"\n", 2, "single quotes"},
                    mistake{"[tls]\nca_file = \"C:\\words\\\"\n", 2, "single quotes"},
                    mistake{"[relay]\ntemplate = 'it's {text}'\n", 2, "other kind of quotes"},
                    mistake{"[relay]\ntemplate = \u201c{name}: {text}\u201d\n", 2, "straight quotes"},
                    mistake{"[relay]\npack = true,\n", 2, "no comma"},
                    mistake{"[twitch]\nlogin = \"bot\",\n", 2, "no comma"},
                    mistake{"[twitch]\nlogin = bot,\n", 2, "no comma"},
                    mistake{"[twitch]\nbacklog = 1,5\n", 2, "a point and no comma"},
                    mistake{"[relay]\npack = true // yes\n", 2, "begins with #"},
                    mistake{"[relay]\nline_length = 400 ; short\n", 2, "begins with #"},
                    mistake{"[relay]\nmax_age = 60s -- a minute\n", 2, "begins with #"},
                    mistake{"[relay]\npack = true;\n", 2, "no semicolon"},
                    mistake{"[relay]\nline_length = 0480\n", 2, "no zeros in front"},
                    mistake{"[twitch]\nbacklog = 007\n", 2, "no zeros in front"},
                    mistake{"[relay]\npack =\n", 2, "no value"},
                    mistake{"[relay]\npack = # true\n", 2, "no value"}));

INSTANTIATE_TEST_SUITE_P(
    lines, config_mistakes,
    testing::Values(
        mistake{"[relay]\npack: true\n", 2, "not ':'"}, mistake{"[twitch]\nlogin: \"x\"\n", 2, "not ':'"},
        mistake{"[relay]\npack true\n", 2, "no '='"}, mistake{"[relay]\npack := true\n", 2, "single '='"},
        mistake{"[relay]\npack == true\n", 2, "single '='"},
        mistake{"[relay]\npack => true\n", 2, "single '='"},
        mistake{"[relay]\n// pack\npack = true\n", 2, "begins with #"},
        mistake{"; words\n[relay]\npack = true\n", 1, "begins with #"},
        mistake{"[relay]\npack = true line_length = 400\n", 2, "one key a line"},
        mistake{"[twitch]\nlogin = \"a\" token = \"hush\"\n", 2, "one key a line"},
        mistake{"[twitch]\nlogin = \"a\" the bot\n", 2, "#"},
        mistake{"[[route]\ntiktok = \"a\"\nchannel = \"b\"\n", 1, "[[route]]"},
        mistake{"[relay\npack = true\n", 1, "[relay]"}, mistake{"[route]]\ntiktok = \"a\"\n", 1, "[route]"},
        mistake{"[relay] pack = true\n", 1, "line of its own"},
        mistake{"[relay]\npack\u00a0= true\n", 2, "type the blanks"},
        mistake{"{\n  \"relay\": {\"pack\": true}\n}\n", 1, "JSON"},
        mistake{"[relay]\n\"pack\": true,\n", 2, "JSON"},
        mistake{"[relay]\ntemplate = \"Gr\xfc\xdf"
                "e {text}\"\n",
                2, "UTF-8"},
        mistake{"\xff\xfe[", 1, "UTF-16"}));

INSTANTIATE_TEST_SUITE_P(
    lists, config_mistakes,
    testing::Values(mistake{"[filter]\npatterns = [\n  \"a\",\n  \"\\d\",\n]\n", 4, "single quotes"},
                    mistake{"[filter]\nwords = [bad, worse]\n", 2, "entries of a list stand in quotes"},
                    mistake{"[filter]\nwords = [\"bad\" \"worse\"]\n", 2, "separated by commas"},
                    mistake{"[filter]\nwords = [\"bad\", \"worse\"\npatterns = []\n", 3,
                            "line 2 has no closing bracket"},
                    mistake{"[filter]\nwords = [\n  \"bad\",\n  worse,\n]\n", 4, "entries stand in quotes"},
                    mistake{"[filter]\nwords = [\"bad\"],\n", 2, "no comma"}));

INSTANTIATE_TEST_SUITE_P(twice, config_mistakes,
                         testing::Values(mistake{"[relay]\npack = true\n\npack = false\n", 4,
                                                 "\"pack\" is set twice, first in line 2"},
                                         mistake{"[relay]\npack = true\n[tls]\n[relay]\nmax_age = \"9s\"\n",
                                                 4, "stands twice, first in line 1"},
                                         mistake{"[twitch]\ntoken = \"hush1\"\ntoken = \"hush2\"\n", 3,
                                                 "first in line 2"}));

// The parser's own sentence would bring the name along.
TEST(config_mistake, a_name_that_turns_the_line_around_does_not_reach_the_terminal) {
    for (const auto* text : {"a.a = 1\n\"\\u202e\".a = 1\n\"\\u202e\".a = 1\n",
                             "[\"\\u202e\".a]\n[\"\\u202e\".a]\n", "\"\\u009b\" = 1\n\"\\u009b\" = 1\n"}) {
        const auto found = errors(text);
        for (const auto& each : found)
            EXPECT_TRUE(std::ranges::all_of(each, [](char c) { return c >= ' ' && c <= '~'; })) << each;
        EXPECT_THAT(found, Not(IsEmpty()));
    }
}

TEST(config_mistake, a_file_that_sets_nothing_is_told) {
    EXPECT_THAT(warnings(""), ElementsAre(HasSubstr("c.toml: nothing is set in this file")));
    EXPECT_THAT(warnings("# only words\n\n"), ElementsAre(HasSubstr("nothing is set")));
    EXPECT_THAT(warnings("[relay]\npack = true\n"), ElementsAre(HasSubstr("nothing is set")))
        << "the default";
    EXPECT_THAT(warnings("[relay]\npack = false\n"), IsEmpty());
    EXPECT_THAT(warnings("[[route]]\ntiktok = \"a\"\nchannel = \"b\"\n"), IsEmpty());
}

TEST(config_mistake, what_is_valid_and_hardly_meant_is_told) {
    EXPECT_THAT(warnings("[relay]\nmax_age = \"60s\"\ngift_max_age = \"30s\"\n"),
                ElementsAre(HasSubstr("c.toml:3: relay.gift_max_age: 30s is less than relay.max_age (60s)")));
    EXPECT_THAT(warnings("[relay]\ntemplate = \"{text}\"\n"),
                ElementsAre(HasSubstr("relay.template: says neither where")));
    EXPECT_THAT(warnings("[relay]\ntemplate = \"{name}: {text}\"\n"), IsEmpty());
    EXPECT_THAT(warnings("[relay]\ntemplate = \"TikTok: {text}\"\n"), IsEmpty());
    EXPECT_THAT(errors("[twitch]\ntoken = \"YOUR_TOKEN\"\n"), ElementsAre(HasSubstr("placeholder")));
    EXPECT_THAT(errors("[twitch]\ntoken = \"https://x/?access_token=hush\"\n"),
                ElementsAre(AllOf(HasSubstr("only the token itself"), Not(HasSubstr("hush")))));
    EXPECT_EQ(load("[twitch]\ntoken = '\"oauth:oauth:abc\"'\n").value.twitch.token.reveal(), "abc");
}

}  // namespace
}  // namespace tiktok2twitch::app
