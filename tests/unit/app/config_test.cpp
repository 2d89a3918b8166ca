// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "unit/app/config_support.hpp"

namespace tiktok2twitch::app {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(config_test, values_of_every_type_arrive) {
    const configuration loaded = load(R"(
[tiktok]
web_url = "http://127.0.0.1:8080/"
poll_interval = "500ms"
[twitch]
irc_url = "irc://localhost:6667"
login = "Some_Bot"
token = "oauth:abc123"
client_id = "q6batx0epp608isickayubi39itsckt"
limit_normal = "5/1m"
vip_is_moderator = true
backlog = 100000
[tls]
ca_file = "/etc/ssl/mine.pem"
[relay]
template = "<{name}> {text}"
pack = false
max_age = "1.5m"
)");
    EXPECT_THAT(texts(loaded.errors), IsEmpty());
    const config& value = loaded.value;
    EXPECT_EQ(value.tiktok.web_url.text(), "http://127.0.0.1:8080");
    EXPECT_EQ(value.tiktok.poll_interval, 500ms);
    EXPECT_EQ(value.irc_url.host, "localhost");
    EXPECT_EQ(value.twitch.login, "some_bot");
    EXPECT_EQ(value.twitch.token.reveal(), "abc123");
    EXPECT_EQ(value.client_id, "q6batx0epp608isickayubi39itsckt");
    EXPECT_EQ(value.twitch.limit_normal, (twitch::rate{5, 60s}));
    EXPECT_TRUE(value.twitch.vip_is_moderator);
    EXPECT_EQ(value.twitch.backlog, 100'000U);
    EXPECT_EQ(value.ca_file, "/etc/ssl/mine.pem");
    EXPECT_EQ(value.events.of(relay::event_kind::chat).line_template, "<{name}> {text}");
    EXPECT_FALSE(value.twitch.pack);
    EXPECT_EQ(value.twitch.max_age, 90s);
}

TEST(config_test, all_errors_of_all_layers_are_reported) {
    config_layers layers;
    layers.file = config_file{.name = "c.toml", .text = R"([tiktok]
web_url = "ftp://example.org"
colour = 1
[twitch]
limit_normal = "many"
login = "two words"
[[route]]
tiktok = "not a user"
channel = "chan"
[[route]]
channel = "chan"
)"};
    layers.environment = {{"relay.max_age", "soon", "TIKTOK2TWITCH_RELAY_MAX_AGE"}};
    layers.flags = {{"relay.pakc", "true", "--set"}};
    layers.route = route_config{"user", "no/channel"};
    EXPECT_THAT(texts(build_config(layers).errors),
                ElementsAre(HasSubstr("c.toml:2: tiktok.web_url: expected an address"),
                            HasSubstr("c.toml:3: unknown key \"colour\""),
                            HasSubstr("c.toml:5: twitch.limit_normal: expected a rate"),
                            HasSubstr("c.toml:6: twitch.login: expected a Twitch login"),
                            HasSubstr("c.toml:8: \"not a user\": "),
                            HasSubstr("c.toml:10: this [[route]] has no \"tiktok\""),
                            HasSubstr("TIKTOK2TWITCH_RELAY_MAX_AGE: relay.max_age: expected a duration"),
                            AllOf(HasSubstr("--set: unknown key \"relay.pakc\""), HasSubstr("relay.pack")),
                            HasSubstr("--channel: \"no/channel\": ")));
}

TEST(config_test, plain_text_protocols_are_for_loopback_only) {
    EXPECT_THAT(errors("[tiktok]\nweb_url = \"http://www.tiktok.com\"\nws_url = \"ws://10.0.0.1\"\n"
                       "[twitch]\nirc_url = \"irc://irc.chat.twitch.tv\"\n"),
                ElementsAre(HasSubstr("c.toml:2: tiktok.web_url: http:// is not encrypted"),
                            HasSubstr("c.toml:3: tiktok.ws_url: ws:// is not encrypted"),
                            HasSubstr("c.toml:5: twitch.irc_url: irc:// is not encrypted")));
    EXPECT_THAT(errors("[tiktok]\nweb_url = \"http://localhost:1\"\nws_url = \"ws://127.0.0.1:2\"\n"
                       "sign_url = \"http://[::1]:3\"\n[twitch]\nirc_url = \"irc://[::1]:4\"\n"),
                IsEmpty());
    EXPECT_THAT(errors("[tiktok]\nws_url = \"https://webcast-ws.tiktok.com\"\n"),
                ElementsAre(HasSubstr("expected an address such as \"wss://")));
}

TEST(config_test, the_token_goes_to_twitch_and_loopback_unless_allowed) {
    for (const std::string key : {"irc_url = \"ircs", "auth_url = \"https", "helix_url = \"https"}) {
        const std::string head = "[twitch]\n" + key + "://";
        EXPECT_THAT(errors(head + "evil.example\"\n"),
                    ElementsAre(HasSubstr("\"evil.example\" is no host of Twitch")));
        EXPECT_THAT(errors(head + "eviltwitch.tv\"\n"), ElementsAre(HasSubstr("no host of Twitch")));
        EXPECT_THAT(errors(head + "twitch.tv.evil.example\"\n"), ElementsAre(HasSubstr("no host of Twitch")));
        EXPECT_THAT(errors(head + "evil.example\"\nallow_custom_host = true\n"), IsEmpty());
        EXPECT_THAT(errors(head + "new.chat.twitch.tv\"\n"), IsEmpty());
        EXPECT_THAT(errors(head + "localhost:7\"\n"), IsEmpty());
    }
}

TEST(config_test, poll_interval_has_a_floor_except_on_loopback) {
    EXPECT_THAT(errors("[tiktok]\npoll_interval = \"10s\"\n"), IsEmpty());
    EXPECT_THAT(errors("[tiktok]\npoll_interval = \"9.999s\"\n"),
                ElementsAre(HasSubstr("c.toml:2: tiktok.poll_interval: at least 10s, found 9.999s")));
    EXPECT_THAT(errors("[tiktok]\nweb_url = \"https://127.0.0.1:1\"\npoll_interval = \"1ms\"\n"), IsEmpty());
    EXPECT_THAT(errors("[tiktok]\nweb_url = \"https://127.0.0.1:1\"\npoll_interval = \"0s\"\n"),
                ElementsAre(HasSubstr("must be between 1ms and 86400s, found 0s")));
}

TEST(config_test, values_beyond_twitchs_limits_warn_and_are_taken) {
    EXPECT_THAT(warnings("[relay]\npack = false\n"), IsEmpty());
    EXPECT_THAT(warnings("[twitch]\nlimit_normal = \"20/30s\"\nlimit_moderator = \"100/30s\"\n"
                         "spacing_normal = \"1s\"\nspacing_moderator = \"100ms\"\n"),
                IsEmpty());
    EXPECT_THAT(
        warnings("[twitch]\nlimit_normal = \"21/30s\"\nlimit_moderator = \"101/32s\"\n"
                 "spacing_normal = \"999ms\"\nspacing_moderator = \"99ms\"\n"),
        ElementsAre(HasSubstr("c.toml:2: twitch.limit_normal: allows 21 lines in 30s, Twitch documents 20"),
                    HasSubstr("c.toml:3: twitch.limit_moderator: allows 101 lines"),
                    HasSubstr("c.toml:4: twitch.spacing_normal: 999ms is shorter than 1s"),
                    HasSubstr("c.toml:5: twitch.spacing_moderator: 99ms is shorter than 100ms")));
    // Two windows of 29 s touch any 30 s.
    EXPECT_THAT(warnings("[twitch]\nlimit_normal = \"11/29s\"\n"), ElementsAre(HasSubstr("allows 22 lines")));
    EXPECT_THAT(warnings("[twitch]\nlimit_normal = \"1/1.5s\"\n"), IsEmpty());
    EXPECT_THAT(warnings("[twitch]\nlimit_normal = \"1000000/1ms\"\nspacing_normal = \"0s\"\n"),
                ElementsAre(HasSubstr("allows 30000000000 lines"), HasSubstr("0s is shorter")));
    EXPECT_THAT(warnings("[tiktok]\nstale_after = \"5s\"\n"),
                ElementsAre(HasSubstr("tiktok.stale_after: not longer")));
}

TEST(config_test, routes_are_normalised_and_duplicates_rejected) {
    const configuration loaded = load(R"([[route]]
tiktok = "@User"
channel = "#Chan"
[[route]]
tiktok = "https://www.tiktok.com/@user/live"
channel = "https://www.twitch.tv/other"
[[route]]
tiktok = "second.user"
channel = "chan"
)");
    EXPECT_THAT(texts(loaded.errors), IsEmpty());
    EXPECT_THAT(loaded.value.routes, ElementsAre(route_config{"user", "chan"}, route_config{"user", "other"},
                                                 route_config{"second.user", "chan"}));
    EXPECT_THAT(errors("[[route]]\ntiktok = \"user\"\nchannel = \"chan\"\n"
                       "[[route]]\ntiktok = \"@USER\"\nchannel = \"#chan\"\n"),
                ElementsAre("c.toml:5: this route (user to chan) is already in line 2"));
}

TEST(config_test, flags_win_over_environment_over_file_over_default) {
    config_layers layers;
    layers.file = config_file{"c.toml",
                              "[relay]\nmax_age = \"1s\"\ntemplate = \"1 {text}\"\npack = false\n"
                              "[[route]]\ntiktok = \"file\"\nchannel = \"file\"\n"};
    layers.environment = {{"relay.max_age", "2s", "TIKTOK2TWITCH_RELAY_MAX_AGE"},
                          {"relay.template", "2 {text}", "TIKTOK2TWITCH_RELAY_TEMPLATE"}};
    layers.flags = {{"relay.max_age", "3s", "--set"}};
    layers.route = route_config{"@Flag", "#Flag"};
    const configuration merged = build_config(layers);
    EXPECT_THAT(texts(merged.errors), IsEmpty());
    EXPECT_EQ(merged.value.twitch.max_age, 3s);
    EXPECT_EQ(merged.value.events.of(relay::event_kind::chat).line_template, "2 {text}");
    EXPECT_FALSE(merged.value.twitch.pack);
    EXPECT_EQ(merged.value.twitch.backlog, 500U);
    EXPECT_THAT(merged.value.routes, ElementsAre(route_config{"flag", "flag"}));
    const std::string shown = show_config(merged);
    EXPECT_THAT(shown, HasSubstr("\nmax_age = \"3s\"  # flag\n"));
    EXPECT_THAT(shown, HasSubstr("\ntemplate = \"2 {text}\"  # environment\n"));
    EXPECT_THAT(shown, HasSubstr("\npack = false  # file\n"));
    EXPECT_THAT(shown, HasSubstr("\nbacklog = 500  # default\n"));
    EXPECT_THAT(shown, HasSubstr("\ntiktok = \"flag\"  # flag\nchannel = \"flag\"  # flag\n"));
}

TEST(config_test, shown_configuration_loads_again_and_masks_the_token) {
    const configuration first = load(
        "[twitch]\ntoken = \"oauth:verysecret\"\nspacing_normal = \"0.0000005s\"\n"
        "[tls]\nca_file = \"a \\\"b\\\" \\\\c\"\n[relay]\ntemplate = \"# {text}\"\n"
        "[[route]]\ntiktok = \"user\"\nchannel = \"chan\"\n");
    ASSERT_THAT(texts(first.errors), IsEmpty());
    const std::string shown = show_config(first);
    EXPECT_THAT(shown, HasSubstr("token = \"***\"  # file"));
    EXPECT_THAT(shown, Not(HasSubstr("secret")));
    EXPECT_THAT(shown, HasSubstr("spacing_normal = \"0.0005ms\""));
    const configuration second = load(shown);
    EXPECT_THAT(texts(second.errors), IsEmpty());
    EXPECT_EQ(second.value.ca_file, "a \"b\" \\c");
    EXPECT_EQ(second.value.routes, first.value.routes);
    EXPECT_EQ(second.value.twitch.spacing_normal, 500ns);
}

TEST(config_environment_test, variables_become_settings_and_unknown_ones_warn) {
    const std::vector<std::string> lines{
        "PATH=/bin", "TIKTOK2TWITCH_TWITCH_TOKEN=oauth:a=b",
        "TIKTOK2TWITCH_TIKTOK_WEB_URL=", "TIKTOK2TWITCH_TWITCH_TOKN=topsecret",
        "TIKTOK2TWITCH_RELAY_PACK=false"};
    const environment_settings found = read_environment(lines);
    ASSERT_EQ(found.settings.size(), 2U);
    EXPECT_EQ(found.settings[0].key, "twitch.token");
    EXPECT_EQ(found.settings[0].value, "oauth:a=b");
    EXPECT_EQ(found.settings[0].where, "TIKTOK2TWITCH_TWITCH_TOKEN");
    EXPECT_EQ(found.settings[1].key, "relay.pack");
    EXPECT_THAT(
        texts(found.warnings),
        ElementsAre("unknown environment variable \"TIKTOK2TWITCH_TWITCH_TOKN\"; the nearest known one is "
                    "TIKTOK2TWITCH_TWITCH_TOKEN"));
}

TEST(config_environment_test, values_that_are_no_utf8_are_refused) {
    config_layers layers;
    layers.environment = {{"relay.template", "\xff {text}", "TIKTOK2TWITCH_RELAY_TEMPLATE"},
                          {"tls.ca_file", "\xc2\x9b", "TIKTOK2TWITCH_TLS_CA_FILE"}};
    EXPECT_THAT(texts(build_config(layers).errors),
                ElementsAre(HasSubstr("found \"\\xFF {text}\""), HasSubstr("expected a file name")));
}

}  // namespace
}  // namespace tiktok2twitch::app
