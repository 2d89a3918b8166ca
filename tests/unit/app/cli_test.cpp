// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/cli/cli.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace tiktok2twitch::app {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

command_line parsed(std::vector<std::string> arguments) {
    auto result = parse_command_line(std::move(arguments));
    if (const auto* exit = std::get_if<early_exit>(&result)) {
        ADD_FAILURE() << exit->out << exit->err;
        return {};
    }
    return std::get<command_line>(std::move(result));
}

early_exit refused(std::vector<std::string> arguments) {
    auto result = parse_command_line(std::move(arguments));
    if (std::holds_alternative<command_line>(result)) {
        ADD_FAILURE() << "accepted";
        return {};
    }
    return std::get<early_exit>(std::move(result));
}

std::string usage_error(std::vector<std::string> arguments) {
    const early_exit exit = refused(std::move(arguments));
    EXPECT_EQ(exit.code, exit_code::usage);
    EXPECT_EQ(exit.out, "");
    EXPECT_THAT(exit.err, EndsWith("\nTry 'tiktok2twitch --help'.\n"));
    return exit.err;
}

TEST(cli_test, the_doctor_takes_the_options_of_a_relay) {
    const command_line line = parsed({"doctor", "--json", "--tiktok", "ann", "--channel", "chan",
                                      "--state-dir", "/s", "--config", "c", "-n", "-q"});
    EXPECT_EQ(line.what, command::doctor);
    EXPECT_TRUE(line.json);
    EXPECT_TRUE(line.dry_run);
    EXPECT_EQ(line.route, (route_config{"ann", "chan"}));
    EXPECT_EQ(line.state_dir, "/s");
    EXPECT_EQ(line.config_path, "c");
    EXPECT_EQ(line.level, core::log_level::warning);
}

TEST(cli_test, recordings_and_the_input) {
    const command_line line =
        parsed({"--record", "r.jsonl", "--record-anonymous", "a.jsonl.gz", "--keep-texts", "--input", "-"});
    EXPECT_TRUE(line.reads_input);
    ASSERT_EQ(line.recordings.size(), 2U);
    EXPECT_EQ(line.recordings[0].path, "r.jsonl");
    EXPECT_FALSE(line.recordings[0].anonymous);
    EXPECT_FALSE(line.recordings[0].keep_texts);
    EXPECT_EQ(line.recordings[1].path, "a.jsonl.gz");
    EXPECT_TRUE(line.recordings[1].anonymous);
    EXPECT_TRUE(line.recordings[1].keep_texts);
    EXPECT_EQ(parsed({"replay", "r.jsonl", "--record-anonymous", "a.jsonl"}).recordings.size(), 1U);
    EXPECT_FALSE(parsed({}).reads_input);
}

TEST(cli_test, recordings_that_cannot_be_are_refused) {
    EXPECT_THAT(usage_error({"--record", "r.txt"}),
                HasSubstr("--record: the file's name ends in .jsonl or .jsonl.gz, found \"r.txt\""));
    EXPECT_THAT(usage_error({"--record", "r.jsonl", "--record-anonymous", "r.jsonl"}),
                HasSubstr("need a file each"));
    EXPECT_THAT(usage_error({"--keep-texts"}), HasSubstr("belongs to --record-anonymous"));
    EXPECT_THAT(usage_error({"--input", "r.jsonl"}), HasSubstr("--input - < \"r.jsonl\""));
    EXPECT_THAT(usage_error({"demo", "--record", "r.jsonl"}), HasSubstr("belong to a relay"));
    EXPECT_THAT(usage_error({"doctor", "--input", "-"}), HasSubstr("belongs to a relay"));
}

TEST(cli_test, nothing_at_all_means_run_with_the_defaults) {
    const command_line line = parsed({});
    EXPECT_EQ(line.what, command::run);
    EXPECT_EQ(line.route, std::nullopt);
    EXPECT_EQ(line.config_path, std::nullopt);
    EXPECT_EQ(line.state_dir, std::nullopt);
    EXPECT_EQ(line.report, std::nullopt);
    EXPECT_FALSE(line.dry_run);
    EXPECT_FALSE(line.once);
    EXPECT_EQ(line.level, core::log_level::info);
    EXPECT_EQ(line.format, core::log_format::text);
    EXPECT_EQ(line.color, color_choice::automatic);
    EXPECT_THAT(line.settings, IsEmpty());
}

TEST(cli_test, every_global_option_arrives) {
    const command_line line =
        parsed({"--tiktok", "@user", "--channel=#chan", "--config", "c.toml", "--state-dir", "s", "-n",
                "--once", "--report", "r.json", "-v", "--color", "never", "--log-format", "json"});
    EXPECT_EQ(line.route, (route_config{"@user", "#chan"}));
    EXPECT_EQ(line.config_path, "c.toml");
    EXPECT_EQ(line.state_dir, "s");
    EXPECT_TRUE(line.dry_run);
    EXPECT_TRUE(line.once);
    EXPECT_EQ(line.report, "r.json");
    EXPECT_EQ(line.level, core::log_level::debug);
    EXPECT_EQ(line.color, color_choice::never);
    EXPECT_EQ(line.format, core::log_format::json);
    EXPECT_EQ(parsed({"-q"}).level, core::log_level::warning);
    EXPECT_EQ(parsed({"--color=always"}).color, color_choice::always);
    EXPECT_EQ(parsed({"--color=auto"}).color, color_choice::automatic);
}

TEST(cli_test, global_options_stand_before_or_behind_the_command) {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"--config", "c.toml", "-v", "config", "show"},
          std::vector<std::string>{"config", "--config", "c.toml", "show", "-v"},
          std::vector<std::string>{"config", "show", "--config", "c.toml", "-v"}}) {
        const command_line line = parsed(arguments);
        EXPECT_EQ(line.what, command::config_show);
        EXPECT_EQ(line.config_path, "c.toml");
        EXPECT_EQ(line.level, core::log_level::debug);
    }
    const command_line run = parsed({"run", "--tiktok", "user", "--channel", "chan", "--dry-run"});
    EXPECT_EQ(run.what, command::run);
    EXPECT_EQ(run.route, (route_config{"user", "chan"}));
    EXPECT_TRUE(run.dry_run);
    EXPECT_EQ(parsed({"config", "check"}).what, command::config_check);
}

TEST(cli_test, demo_takes_a_duration_and_a_seed) {
    EXPECT_EQ(parsed({"demo"}).what, command::demo);
    EXPECT_EQ(parsed({"demo"}).demo_for, 30s);
    EXPECT_EQ(parsed({"demo"}).demo_seed, std::nullopt);
    EXPECT_FALSE(parsed({"demo"}).demo_flood);
    EXPECT_TRUE(parsed({"demo", "--flood", "--for", "40s"}).demo_flood);
    const command_line line = parsed({"demo", "--for", "1.5s", "--seed", "18446744073709551615"});
    EXPECT_EQ(line.demo_for, 1500ms);
    EXPECT_EQ(line.demo_seed, 18446744073709551615U);
    EXPECT_THAT(usage_error({"demo", "--for", "soon"}), HasSubstr("--for: expected a duration"));
    EXPECT_THAT(usage_error({"demo", "--for", "0s"}), HasSubstr("--for: expected a duration"));
    EXPECT_THAT(usage_error({"demo", "--seed", "x"}), HasSubstr("--seed"));
}

TEST(cli_test, replay_takes_a_file_and_its_options) {
    const command_line line =
        parsed({"replay", "--report", "r.json", "rec.jsonl.gz", "--template", "{name}: {text}", "--paced"});
    EXPECT_EQ(line.what, command::replay);
    EXPECT_EQ(line.replay_file, "rec.jsonl.gz");
    EXPECT_EQ(line.report, "r.json");
    EXPECT_TRUE(line.replay_paced);
    ASSERT_EQ(line.settings.size(), 1U);
    EXPECT_EQ(line.settings[0].key, "relay.template");
    EXPECT_EQ(line.settings[0].value, "{name}: {text}");
    EXPECT_EQ(line.settings[0].where, "--template");
    EXPECT_FALSE(parsed({"replay", "rec"}).replay_paced);
    EXPECT_THAT(usage_error({"replay"}), HasSubstr("replay: which recording?"));
    EXPECT_THAT(usage_error({"replay", "one", "two"}), HasSubstr("unexpected argument \"two\""));
}

TEST(cli_test, login_takes_a_client_id_and_may_go_without_a_qr_code) {
    const command_line plain = parsed({"login"});
    EXPECT_EQ(plain.what, command::login);
    EXPECT_TRUE(plain.qr);
    EXPECT_THAT(plain.settings, IsEmpty());
    const command_line line = parsed({"login", "--client-id", "abc123", "--no-qr"});
    EXPECT_FALSE(line.qr);
    ASSERT_EQ(line.settings.size(), 1U);
    EXPECT_EQ(line.settings[0].key, "twitch.client_id");
    EXPECT_EQ(line.settings[0].value, "abc123");
    EXPECT_EQ(line.settings[0].where, "--client-id");
    EXPECT_EQ(parsed({"whoami"}).what, command::whoami);
    EXPECT_EQ(parsed({"logout"}).what, command::logout);
    EXPECT_THAT(usage_error({"logn"}), HasSubstr("\"login\""));
}

TEST(cli_test, set_gives_any_setting_but_a_secret) {
    const command_line line =
        parsed({"--set", "relay.pack=false", "run", "--set", "relay.template=a = {text}"});
    ASSERT_EQ(line.settings.size(), 2U);
    EXPECT_EQ(line.settings[0].key, "relay.pack");
    EXPECT_EQ(line.settings[0].value, "false");
    EXPECT_EQ(line.settings[1].value, "a = {text}");
    EXPECT_THAT(usage_error({"--set", "relay.pack"}), HasSubstr("expected SECTION.KEY=VALUE"));
    EXPECT_THAT(usage_error({"--set", "twitch.token=abc"}),
                AllOf(HasSubstr("TIKTOK2TWITCH_TWITCH_TOKEN"), Not(HasSubstr("abc"))));
}

TEST(cli_test, a_route_needs_both_ends) {
    EXPECT_THAT(usage_error({"--tiktok", "user"}), HasSubstr("--tiktok needs --channel"));
    EXPECT_THAT(usage_error({"--channel", "chan"}), HasSubstr("--channel needs --tiktok"));
    EXPECT_THAT(usage_error({"--tiktok", "a", "--tiktok", "b", "--channel", "c"}), HasSubstr("--tiktok"));
}

TEST(cli_test, help_and_version_go_to_stdout) {
    for (const std::string flag : {"-h", "--help"}) {
        const early_exit exit = refused({flag});
        EXPECT_EQ(exit.code, exit_code::ok);
        EXPECT_EQ(exit.err, "");
        for (const char* text :
             {"--tiktok", "--dry-run", "demo", "replay", "config", "TIKTOK2TWITCH_TWITCH_TOKEN"}) {
            EXPECT_THAT(exit.out, HasSubstr(text));
        }
    }
    EXPECT_THAT(refused({"demo", "--help"}).out, HasSubstr("--for"));
    EXPECT_THAT(refused({"config", "show", "-h"}).out,
                AllOf(HasSubstr("secrets masked"), HasSubstr("Usage: tiktok2twitch config show")));
    const early_exit version = refused({"--version"});
    EXPECT_EQ(version.code, exit_code::ok);
    EXPECT_EQ(version.err, "");
    EXPECT_THAT(version.out, testing::MatchesRegex("tiktok2twitch [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(cli_test, wrong_lines_say_what_was_probably_meant) {
    EXPECT_THAT(usage_error({"--tikto", "user"}),
                HasSubstr("unknown option \"--tikto\"; the nearest one is --tiktok"));
    EXPECT_THAT(usage_error({"demo", "--sede", "1"}), HasSubstr("the nearest one is --seed"));
    EXPECT_THAT(usage_error({"--dryrun"}), HasSubstr("--dry-run"));
    EXPECT_THAT(usage_error({"dmeo"}), HasSubstr("unknown command \"dmeo\"; did you mean \"demo\"?"));
    EXPECT_THAT(usage_error({"someuser", "somechannel"}), HasSubstr("--tiktok USER --channel CHAN"));
    EXPECT_THAT(usage_error({"config"}), HasSubstr("config: expected check or show"));
    EXPECT_THAT(usage_error({"config", "shwo"}), HasSubstr("did you mean \"show\"?"));
    EXPECT_THAT(usage_error({"demo", "run"}), HasSubstr("one command at a time: \"run\" is the second"));
    EXPECT_THAT(usage_error({"--config"}), HasSubstr("--config: its value is missing"));
    EXPECT_THAT(usage_error({"--tiktok", "a", "--tiktok=b", "--channel", "c"}),
                HasSubstr("--tiktok: given more than once; several routes"));
    EXPECT_THAT(usage_error({"--report", "a", "--report", "b"}),
                HasSubstr("--report: given more than once\n"));
    EXPECT_THAT(usage_error({"--once=maybe"}), HasSubstr("--once takes no value"));
    EXPECT_THAT(usage_error({"demo", "--seed", "x"}), HasSubstr("--seed: expected a number, found \"x\""));
    EXPECT_THAT(usage_error({"demo", "--seed", "-1"}), HasSubstr("--seed: expected a number"));
    EXPECT_THAT(usage_error({"-q", "-v"}), HasSubstr("--quiet and --verbose exclude each other"));
    EXPECT_THAT(usage_error({"--color", "sometimes"}),
                HasSubstr("--color: expected auto, always or never, found \"sometimes\""));
    EXPECT_THAT(usage_error({"--log-format", "xml"}), HasSubstr("--log-format: expected text or json"));
    EXPECT_THAT(usage_error({"\x1b[31m"}), Not(HasSubstr("\x1b")));
}

TEST(cli_test, help_and_version_are_commands_too) {
    for (const std::vector<std::string>& line : {std::vector<std::string>{"version"}, {"-V"}, {"--version"}})
        EXPECT_THAT(refused(line).out, testing::StartsWith("tiktok2twitch ")) << line.front();
    EXPECT_EQ(refused({"help"}).out, refused({"--help"}).out);
    EXPECT_EQ(refused({"help", "login"}).out, refused({"login", "--help"}).out);
    EXPECT_EQ(refused({"help", "config", "show"}).out, refused({"config", "show", "--help"}).out);
    EXPECT_EQ(refused({"login", "help"}).out, refused({"login", "--help"}).out);
    EXPECT_EQ(refused({"config", "check", "help"}).out, refused({"config", "check", "--help"}).out);
    EXPECT_EQ(refused({"help", "help"}).out, refused({"--help"}).out);
    EXPECT_EQ(refused({"help"}).code, exit_code::ok);
    EXPECT_THAT(usage_error({"help", "logn"}),
                HasSubstr("unknown command \"logn\"; did you mean \"login\"?"));
    EXPECT_EQ(refused({"help", "login", "more"}).code, exit_code::usage);
    EXPECT_EQ(refused({"help", "--once"}).code, exit_code::usage);
}

TEST(cli_test, nothing_typed_is_told_apart_from_run) {
    EXPECT_TRUE(parsed({}).bare);
    EXPECT_FALSE(parsed({"run"}).bare);
    EXPECT_THAT(short_help(), HasSubstr("--tiktok USER --channel CHAN"));
}

TEST(cli_test, the_row_on_a_terminal_can_be_switched_off) {
    EXPECT_TRUE(parsed({}).progress);
    EXPECT_FALSE(parsed({"--no-progress"}).progress);
}

TEST(cli_test, color_follows_flag_then_variables_then_terminal) {
    const std::vector<std::string> none;
    const std::vector<std::string> no_color{"NO_COLOR=1"};
    const std::vector<std::string> empty{"NO_COLOR="};
    const std::vector<std::string> dumb{"TERM=dumb"};
    EXPECT_TRUE(use_color(color_choice::automatic, none, true));
    EXPECT_FALSE(use_color(color_choice::automatic, none, false));
    EXPECT_FALSE(use_color(color_choice::automatic, no_color, true));
    EXPECT_TRUE(use_color(color_choice::automatic, empty, true));
    EXPECT_FALSE(use_color(color_choice::automatic, dumb, true));
    EXPECT_TRUE(use_color(color_choice::always, no_color, false));
    EXPECT_FALSE(use_color(color_choice::never, none, true));
}

}  // namespace
}  // namespace tiktok2twitch::app
