// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tiktok2twitch/app/config/toml.hpp"
#include "unit/app/config_support.hpp"

namespace tiktok2twitch::app {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(config_file_test, unknown_names_are_told_with_line_and_nearest) {
    EXPECT_THAT(errors("[twich]\nlogin = \"bot\"\n"),
                ElementsAre("c.toml:1: unknown section \"twich\"; the nearest known one is [twitch]"));
    EXPECT_THAT(errors("[[routes]]\ntiktok = \"user\"\n"),
                ElementsAre("c.toml:1: unknown section \"routes\"; the nearest known one is [[route]]"));
    EXPECT_THAT(errors("[tiktok]\n\npol_interval = \"30s\"\n"),
                ElementsAre("c.toml:3: unknown key \"pol_interval\" in [tiktok]; the nearest known key is "
                            "\"tiktok.poll_interval\""));
    EXPECT_THAT(
        errors("[relay]\ntoken = \"x\"\n"),
        ElementsAre("c.toml:2: unknown key \"token\" in [relay]; the nearest known key is \"twitch.token\""));
    EXPECT_THAT(
        errors("tmplate = \"x\"\n"),
        ElementsAre("c.toml:1: unknown key \"tmplate\" outside of any section; the nearest known key is "
                    "\"template\" of [relay], [event.sticker], [event.question] and others"));
    EXPECT_THAT(
        errors("[[route]]\ntiktok = \"user\"\nchanel = \"chan\"\nchannel = \"chan\"\n"),
        ElementsAre("c.toml:3: unknown key \"chanel\" in [[route]]; the nearest known key is \"channel\""));
    EXPECT_THAT(
        errors("[twitch.login]\nname = \"bot\"\n"),
        ElementsAre(AllOf(HasSubstr("c.toml:1: twitch.login: expected"), HasSubstr("found a table"))));
}

TEST(config_file_test, a_hint_names_no_key_that_is_not_near) {
    const std::string outside = "; the nearest known key is \"twitch.login\" (section [twitch])";
    EXPECT_THAT(errors("logni = \"bot\"\n"), ElementsAre(testing::EndsWith(outside)));
    EXPECT_THAT(errors("[tls]\nzeal = 1\n"), ElementsAre(testing::EndsWith("; [tls] has ca_file")));
    EXPECT_THAT(errors("[filter]\nblocked_words = [\"bad\"]\n"),
                ElementsAre(testing::EndsWith("; the nearest known key is \"filter.words\"")));
    EXPECT_THAT(errors("[filter]\nwords_actions = \"mask\"\n"),
                ElementsAre(testing::EndsWith("; the nearest known key is \"filter.words_action\"")));
    EXPECT_THAT(errors("[commands]\npatterns = []\n"),
                ElementsAre(testing::EndsWith("; the nearest known key is \"filter.patterns\"")));
    EXPECT_THAT(errors("[commands]\nper_minute = 1\n"),
                ElementsAre(testing::EndsWith("; [commands] has enabled, word and announce_held")));
    EXPECT_THAT(errors("[twitch]\nurl = \"\"\n"),
                ElementsAre(testing::EndsWith("; the nearest known keys are \"twitch.irc_url\", "
                                              "\"twitch.auth_url\" and \"twitch.helix_url\"")));
    EXPECT_THAT(errors("[twitch]\n" + std::string(200, 'x') + " = 1\n"),
                ElementsAre(HasSubstr("; [twitch] has transport, irc_url, ")));
    const std::string sections =
        "; there are [tiktok], [twitch], [tls], [relay], [event.*], [filter], [commands], [badges], [emoji] "
        "and "
        "[[route]]";
    EXPECT_THAT(errors("[logging]\nlevel = 1\n"),
                ElementsAre("c.toml:1: unknown section \"logging\"" + sections));
    EXPECT_THAT(errors("verbosity = 1\n"),
                ElementsAre("c.toml:1: unknown key \"verbosity\" outside of any section" + sections));
    EXPECT_THAT(
        errors("[[route]]\ntiktok = \"user\"\nchannel = \"chan\"\nonly = []\n"),
        ElementsAre("c.toml:4: unknown key \"only\" in [[route]]; a route has tiktok, channel and events"));
}

TEST(config_file_test, a_key_given_elsewhere_gets_the_same_hints) {
    const auto hint = [](const std::string& key) {
        config_layers layers;
        layers.flags = {{key, "1", "--set"}};
        const auto found = texts(build_config(layers).errors);
        return found.size() == 1 ? found.front().substr(found.front().find("; ") + 2) : "no error";
    };
    EXPECT_EQ(hint("relay.pakc"), "the nearest known key is \"relay.pack\"");
    EXPECT_EQ(hint("events.gift.min_coins"), "the nearest known key is \"event.gift.min_coins\"");
    EXPECT_EQ(hint("gift.min_coins"), "the nearest known key is \"event.gift.min_coins\"");
    EXPECT_EQ(hint("event.min_coins"),
              "the nearest known key is \"event.gift.min_coins\" (section [event.gift])");
    EXPECT_EQ(hint("live.enabled"),
              "the nearest known keys are \"event.live_start.enabled\", \"event.live_pause.enabled\" and "
              "\"event.live_end.enabled\"");
    EXPECT_EQ(hint("event.live.colour"),
              "there are [event.live_start], [event.live_pause] and [event.live_end]");
    EXPECT_EQ(hint("min_coins"), "the nearest known key is \"event.gift.min_coins\" (section [event.gift])");
    EXPECT_THAT(hint("zeal"), testing::StartsWith("there are [tiktok], "));
}

TEST(config_file_test, wrong_types_name_the_line_and_what_was_expected) {
    EXPECT_THAT(
        errors("[tiktok]\npoll_interval = 30\n"),
        ElementsAre("c.toml:2: tiktok.poll_interval: expected a duration such as \"30s\", \"1.25s\" or "
                    "\"150ms\", found a whole number"));
    EXPECT_THAT(errors("[relay]\npack = \"true\"\n"),
                ElementsAre("c.toml:2: relay.pack: expected true or false, found text in quotes"));
    EXPECT_THAT(
        errors("[twitch]\nbacklog = 1.5\n"),
        ElementsAre("c.toml:2: twitch.backlog: expected a whole number, found a number with a point"));
    EXPECT_THAT(errors("[twitch]\ntoken = 5\n"),
                ElementsAre("c.toml:2: twitch.token: expected a token in quotes, found a whole number"));
    EXPECT_THAT(errors("twitch = 5\n"),
                ElementsAre("c.toml:1: expected the section [twitch], found a whole number"));
    EXPECT_THAT(errors("[[twitch]]\nlogin = \"bot\"\n"),
                ElementsAre("c.toml:1: expected the section [twitch], found an array"));
    EXPECT_THAT(errors("[route]\ntiktok = \"user\"\n"),
                ElementsAre("c.toml:1: routes are written [[route]], with two brackets; found a table"));
    EXPECT_THAT(errors("route = [1]\n"),
                ElementsAre("c.toml:1: a route is a table with tiktok and channel, found a whole number"));
    EXPECT_THAT(errors("[[route]]\ntiktok = 5\nchannel = \"chan\"\n"),
                ElementsAre("c.toml:2: route.tiktok: expected a name in quotes, found a whole number"));
}

TEST(config_file_test, syntax_errors_name_the_line_and_never_show_a_token) {
    EXPECT_THAT(errors("[relay]\npack = yes\n"), ElementsAre(HasSubstr("c.toml:2: not valid TOML: ")));
    EXPECT_THAT(errors("[relay]\npack = true\npack = true\n"), ElementsAre(HasSubstr("c.toml:3: ")));
    for (const std::string token : {"trhush", "oauth:hush", "30hush", "'hush", "\"\\hush\""}) {
        EXPECT_THAT(errors("[twitch]\ntoken = " + token + "\n"),
                    ElementsAre(AllOf(HasSubstr("c.toml:2: not valid TOML"), Not(HasSubstr("saw")),
                                      Not(HasSubstr("hush")))))
            << token;
        EXPECT_THAT(errors("[twitch]\ntokn = " + token + "\n"),
                    ElementsAre(AllOf(HasSubstr("c.toml:2: not valid TOML"), Not(HasSubstr("hush")))))
            << token;
    }
}

TEST(config_file_test, a_token_with_blanks_or_control_characters_is_refused_without_showing_it) {
    for (const std::string token :
         {"abc def", "abc\\r\\nPRIVMSG", "abc\\u0000", "oauth:", "oauth:a b", "abcd\\u00e9"}) {
        const auto found = errors("[twitch]\ntoken = \"" + token + "\"\n");
        EXPECT_THAT(found, ElementsAre(AllOf(HasSubstr("c.toml:2: twitch.token: "), Not(HasSubstr("abc")))))
            << token;
    }
    EXPECT_THAT(errors("[twitch]\ntoken = \"" + std::string(512, 'a') + "\"\n"), IsEmpty());
    EXPECT_THAT(errors("[twitch]\ntoken = \"" + std::string(513, 'a') + "\"\n"),
                ElementsAre(Not(HasSubstr("aa"))));
}

TEST(config_file_test, base_addresses_lose_slashes_and_take_no_query) {
    EXPECT_EQ(load("[twitch]\nhelix_url = \"https://localhost:1/helix//\"\n").value.helix_url.target,
              "/helix");
    EXPECT_THAT(errors("[tiktok]\nweb_url = \"https://localhost/?a=b\"\n"),
                ElementsAre(HasSubstr("no query")));
    EXPECT_THAT(errors("[twitch]\nirc_url = \"ircs://localhost/path\"\n"), ElementsAre(HasSubstr("no path")));
}

TEST(config_file_test, bounds_are_kept_on_both_sides) {
    EXPECT_THAT(errors("[twitch]\nbacklog = 0\n"),
                ElementsAre(HasSubstr("must be between 1 and 100000, found 0")));
    EXPECT_THAT(errors("[twitch]\nbacklog = 1\n"), IsEmpty());
    EXPECT_THAT(errors("[twitch]\nbacklog = 100001\n"), ElementsAre(HasSubstr("found 100001")));
    EXPECT_THAT(errors("[twitch]\nbacklog = -1\n"), ElementsAre(HasSubstr("found -1")));
    EXPECT_THAT(errors("[relay]\nmax_age = \"24h\"\n"), IsEmpty());
    EXPECT_THAT(errors("[relay]\nmax_age = \"24.1h\"\n"), ElementsAre(HasSubstr("must be between")));
    EXPECT_THAT(errors("[tiktok]\nheartbeat_interval = \"301s\"\n"),
                ElementsAre(HasSubstr("must be between")));
    EXPECT_THAT(errors("[tiktok]\nstale_after = \"3601s\"\n"), ElementsAre(HasSubstr("must be between")));
    EXPECT_THAT(errors("[twitch]\nspacing_normal = \"3601s\"\n"), ElementsAre(HasSubstr("must be between")));
    EXPECT_THAT(errors("[twitch]\nlimit_normal = \"18/1h\"\n"), IsEmpty());
    EXPECT_THAT(errors("[twitch]\nlimit_normal = \"18/3601s\"\n"), ElementsAre(HasSubstr("at most 3600s")));
    EXPECT_THAT(errors("[twitch]\nlogin = \"" + std::string(25, 'a') + "\"\n"), IsEmpty());
    EXPECT_THAT(errors("[twitch]\nlogin = \"" + std::string(26, 'a') + "\"\n"),
                ElementsAre(HasSubstr("up to 25")));
    EXPECT_THAT(errors("[twitch]\nclient_id = \"" + std::string(64, 'a') + "\"\n"), IsEmpty());
    EXPECT_THAT(errors("[twitch]\nclient_id = \"" + std::string(65, 'a') + "\"\n"),
                ElementsAre(HasSubstr("client id")));
}

TEST(config_file_test, a_bad_template_is_refused_with_the_formatters_hint) {
    EXPECT_THAT(errors("[relay]\ntemplate = \"{nmae}: {text}\"\n"),
                ElementsAre(AllOf(HasSubstr("c.toml:2: relay.template: "), HasSubstr("nmae"))));
    EXPECT_THAT(errors("[relay]\ntemplate = \"{name}: {text}\\r\\nQUIT\"\n"),
                ElementsAre(HasSubstr("expected a template")));
    EXPECT_THAT(errors("[relay]\ntemplate = \"[\\u00e9\\U0001F3B5] {name}: {text}\"\n"), IsEmpty());
}

TEST(config_file_test, paths_without_control_characters_only) {
    EXPECT_THAT(errors("[tls]\nca_file = \"a\\nb\"\n"), ElementsAre(HasSubstr("expected a file name")));
    EXPECT_THAT(errors("[tls]\nca_file = \"a\\u0000b\"\n"), ElementsAre(HasSubstr("expected a file name")));
    EXPECT_EQ(load("[tls]\nca_file = \"mein schl\\u00fcssel.pem\"\n").value.ca_file,
              "mein schl\xC3\xBCssel.pem");
}

TEST(config_file_test, hostile_shapes_are_refused_before_parsing) {
    std::string deep = "[relay]\na";
    for (std::size_t i = 0; i < max_dots_in_line; ++i) {
        deep += ".a";
    }
    EXPECT_THAT(errors(deep + " = 1\n"), ElementsAre(HasSubstr("c.toml:2: unknown key \"a\"")));
    EXPECT_THAT(errors(deep + ".a = 1\n"), ElementsAre("c.toml:2: more than 64 dots in one line"));
    EXPECT_THAT(errors("#" + std::string(max_config_bytes - 1, 'x')), IsEmpty());
    EXPECT_THAT(errors("#" + std::string(max_config_bytes, 'x')),
                ElementsAre(HasSubstr("larger than 1 MiB")));
    for (const std::string header : {"[[[1]]]", "[", "[[", " [ =", "[[=", "\xEF\xBB\xBF[%]"}) {
        EXPECT_THAT(errors("\n" + header), ElementsAre(HasSubstr("not valid TOML"))) << header;
        EXPECT_THAT(errors(header + "\n"), ElementsAre(HasSubstr("c.toml:1: not valid TOML"))) << header;
    }
    for (const std::string line : {"\xC3\xA9 = 1", "[\xC3\xA9]", "x = \xE2\x80\x9Chi\xE2\x80\x9D",
                                   "x = '\\' \xEF\xB9\xBF", "x = \"\\\"\" \xE3\x80\x80", "x = 1 \xFF"}) {
        EXPECT_THAT(errors("\n" + line), ElementsAre(HasSubstr("c.toml:2: not valid TOML: "))) << line;
    }
    for (const std::string line : {"x = 1\"\xC3\xA9]", "x = 'a'\"\xC3\xA9\"", "x\"y\" = 1"}) {
        EXPECT_THAT(errors("\n" + line), ElementsAre(HasSubstr("c.toml:2: not valid TOML: "))) << line;
    }
    EXPECT_THAT(
        errors(
            "'relay' . \"pack\" = true\n\"tls\".'ca_file' = 'a'\nroute = [{'tiktok'='a',\"channel\" = 'b'}]"),
        IsEmpty());
    for (const std::string text : {"x = [ }", "x = [1, # [\n }", "x = {a = 1, }"}) {
        EXPECT_THAT(errors(text), ElementsAre(HasSubstr("not valid TOML: "))) << text;
    }
    EXPECT_THAT(errors("route = [\n # [\n {}\n]\n"), testing::SizeIs(2));
    EXPECT_THAT(errors("# \xC3\xA9 \"\n[tls] # \xC3\xA9\nca_file = '\xC3\xA9' # \xC3\xA9\n"), IsEmpty());
    EXPECT_THAT(errors("[tls]\nca_file = \"\"\"a\"\"\"\n"),
                ElementsAre(HasSubstr("c.toml:2: no setting takes text of several")));
    EXPECT_THAT(errors("[tls]\nca_file = '''a'''\n"), ElementsAre(HasSubstr("several lines")));
    EXPECT_THAT(errors("x = " + std::string(100'000, '[')), ElementsAre(HasSubstr("not valid TOML")));
    EXPECT_THAT(
        errors("[relay]\n\"\\u001b[31m\\u202e\" = 1\n"),
        ElementsAre(AllOf(HasSubstr("\\u001B"), Not(HasSubstr("\x1b")), Not(HasSubstr("\xE2\x80\xAE")))));
    EXPECT_THAT(errors("x = \"\xff\"\n"), ElementsAre(HasSubstr("not valid TOML")));
}

}  // namespace
}  // namespace tiktok2twitch::app
