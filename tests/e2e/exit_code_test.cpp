// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "e2e/relay_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class exit_code_test : public relay_fixture {
protected:
    struct ended {
        int code = -1;
        std::string out;
        std::string err;
    };
    ended run(std::vector<std::string> arguments, std::vector<std::string> extra = {}) {
        arguments.insert(arguments.begin(), T2T_BINARY);
        process program(std::move(arguments), std::move(extra));
        const auto code = program.wait();
        return {code.value_or(-1), program.out(), program.err()};
    }
};

TEST_F(exit_code_test, help_and_version_go_to_stdout) {
    const auto help = run({"--help"});
    EXPECT_EQ(help.code, 0);
    EXPECT_THAT(help.out, HasSubstr("--tiktok"));
    EXPECT_THAT(help.err, IsEmpty());
    const auto version = run({"--version"});
    EXPECT_EQ(version.code, 0);
    EXPECT_THAT(version.out, HasSubstr("tiktok2twitch"));
}

TEST_F(exit_code_test, an_unknown_option_is_a_usage_error) {
    const auto result = run({"--no-such-option"});
    EXPECT_EQ(result.code, 64);
    EXPECT_THAT(result.out, IsEmpty());
    EXPECT_THAT(result.err, Not(IsEmpty()));
}

TEST_F(exit_code_test, one_end_of_a_route_without_the_other_is_a_usage_error) {
    EXPECT_EQ(run({"--tiktok", "ann"}).code, 64);
}

TEST_F(exit_code_test, a_missing_configuration_file_is_a_missing_input) {
    const auto result = run({"--config", temp_.file("none.toml")});
    EXPECT_EQ(result.code, 66);
    EXPECT_THAT(result.err, HasSubstr("none.toml"));
}

TEST_F(exit_code_test, an_unknown_key_is_named_with_its_line_and_the_nearest_key) {
    const auto config = temp_.write("config.toml", "[twitch]\nlogni = \"bot\"\n");
    const auto result = run({"config", "check", "--config", config});
    EXPECT_EQ(result.code, 78);
    EXPECT_THAT(result.err, HasSubstr("config.toml:2"));
    EXPECT_THAT(result.err, HasSubstr("login"));
}

TEST_F(exit_code_test, a_file_with_certificates_that_is_missing_shows_at_the_check) {
    for (const auto& path : {temp_.file("none.pem"), temp_.write("empty.pem", ""), std::string("/")}) {
        const auto config = temp_.write("config.toml", "[tls]\nca_file = \"" + path + "\"\n");
        const auto result = run({"config", "check", "--config", config});
        EXPECT_EQ(result.code, 78) << path;
        EXPECT_THAT(result.err, HasSubstr(path));
    }
}

TEST_F(exit_code_test, a_good_configuration_checks_and_shows_without_secrets) {
    const auto config = temp_.write("config.toml",
                                    "[twitch]\nlogin = \"bot\"\ntoken = \"verysecrettoken\"\n"
                                    "[[route]]\ntiktok = \"@Ann\"\nchannel = \"#Chan\"\n");
    EXPECT_EQ(run({"config", "check", "--config", config}).code, 0);
    const auto shown = run({"config", "show", "--config", config});
    EXPECT_EQ(shown.code, 0);
    EXPECT_THAT(shown.out, HasSubstr("***"));
    EXPECT_THAT(shown.out, Not(HasSubstr("verysecrettoken")));
    EXPECT_THAT(shown.out, HasSubstr("\"ann\""));
    EXPECT_THAT(shown.out, HasSubstr("\"chan\""));
}

TEST_F(exit_code_test, a_relay_without_a_token_says_how_to_get_one) {
    const auto result = run({"--tiktok", "ann", "--channel", "chan", "--state-dir", state_()});
    EXPECT_EQ(result.code, 78);
    EXPECT_THAT(result.err, HasSubstr("twitch.token"));
}

TEST_F(exit_code_test, a_refused_login_ends_with_77_and_advice) {
    world_.call([this] { world_.twitch().rules().change_token("bot", "another"); });
    auto relay = start();
    EXPECT_EQ(relay->wait(), 77) << relay->err();
    EXPECT_THAT(relay->err(), HasSubstr("token"));
}

TEST_F(exit_code_test, a_second_relay_of_the_same_account_does_not_start) {
    auto first = start();
    ASSERT_TRUE(listening()) << first->err();
    auto second = start();
    EXPECT_EQ(second->wait(), 75) << second->err();
    stop(*first);
}

TEST_F(exit_code_test, a_state_directory_that_cannot_be_made_is_an_io_error) {
    const auto file = temp_.write("file", "not a directory");
    const auto result =
        run({"--tiktok", "ann", "--channel", "chan", "--state-dir", file + "/state"}, environment());
    EXPECT_EQ(result.code, 74) << result.err;
    EXPECT_THAT(result.err, HasSubstr("--state-dir"));
}

TEST_F(exit_code_test, an_account_that_does_not_exist_is_a_configuration_error_with_once) {
    const auto result =
        run({"--tiktok", "nobody", "--channel", "chan", "--state-dir", state_(), "--once"}, environment());
    EXPECT_EQ(result.code, 78) << result.err;
    EXPECT_THAT(result.err, HasSubstr("nobody"));
}

TEST_F(exit_code_test, a_recording_that_is_missing_or_none_is_told_apart) {
    EXPECT_EQ(run({"replay", temp_.file("none.jsonl")}).code, 66);
    const auto broken = temp_.write("broken.jsonl", "{\"t\": 0, \"b64\": \"!!\"}\n");
    const auto result = run({"replay", broken});
    EXPECT_EQ(result.code, 65);
    EXPECT_THAT(result.err, HasSubstr("line 1"));
}

TEST_F(exit_code_test, a_second_interrupt_does_not_wait) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    // Lines that Twitch does not answer keep the first stop busy.
    world_.call([this] { world_.twitch().go_deaf("bot"); });
    comment("unanswered");
    ASSERT_TRUE(received(1)) << relay->err();
    relay->signal(SIGINT);
    ASSERT_TRUE(relay->wait_for_err("interrupted"));
    relay->signal(SIGINT);
    EXPECT_EQ(relay->wait(), 130) << relay->err();
}

TEST_F(exit_code_test, the_demo_ends_by_itself_and_shows_both_chats) {
    const auto result = run({"demo", "--for", "12s"});
    EXPECT_EQ(result.code, 0) << result.out << result.err;
    EXPECT_THAT(result.out, HasSubstr("[TikTok]"));
    EXPECT_THAT(result.out, HasSubstr("0 violations"));
}

TEST_F(exit_code_test, the_demo_of_a_flood_ends_by_itself_and_explains_what_became_of_it) {
    const auto result = run({"demo", "--flood", "--for", "12s"});
    EXPECT_EQ(result.code, 0) << result.out << result.err;
    EXPECT_THAT(result.out, HasSubstr(" \u2503 ")) << "messages share lines";
    EXPECT_THAT(result.out, HasSubstr(" \u00d7")) << "the same words are said once";
    EXPECT_THAT(result.out, HasSubstr(" % were said in "));
    EXPECT_THAT(result.out, HasSubstr("0 violations"));
}

}  // namespace
}  // namespace tiktok2twitch::test
