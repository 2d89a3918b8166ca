// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/config/loader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace tiktok2twitch::app {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class config_loader_test : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "t2t-config-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        root_ = pattern;
        request_.system_config = path("etc/config.toml");
    }
    void TearDown() override { fs::remove_all(root_); }

    std::string path(const std::string& name) const { return root_ + "/" + name; }

    std::string write(const std::string& name, const std::string& text) const {
        fs::create_directories(fs::path(path(name)).parent_path());
        std::ofstream(path(name)) << text;
        fs::permissions(path(name), fs::perms::owner_read | fs::perms::owner_write);
        return path(name);
    }

    load_result load(const environment& variables = {}) const { return load_config(request_, variables); }

    loaded_config loaded(const environment& variables = {}) const {
        load_result result = load(variables);
        if (const auto* failed = std::get_if<load_failure>(&result)) {
            ADD_FAILURE() << testing::PrintToString(failed->messages);
            return {};
        }
        return std::get<loaded_config>(std::move(result));
    }

    load_failure failed(const environment& variables = {}) const {
        load_result result = load(variables);
        if (std::holds_alternative<loaded_config>(result)) {
            ADD_FAILURE() << "loaded";
            return {};
        }
        return std::get<load_failure>(std::move(result));
    }

    static std::string chosen(const loaded_config& config) {
        return config.settings.value.events.of(relay::event_kind::chat).line_template;
    }

    std::string root_;
    load_request request_;
};

std::string with_template(const std::string& name) {
    return "[relay]\ntemplate = \"" + name + " {text}\"\n";
}

TEST_F(config_loader_test, without_any_file_the_defaults_apply) {
    const loaded_config config = loaded({"HOME=" + path("home")});
    EXPECT_EQ(config.file, "");
    EXPECT_EQ(chosen(config), "[TikTok] {name}: {text}");
    EXPECT_THAT(config.warnings, IsEmpty());
}

TEST_F(config_loader_test, the_first_file_of_the_order_is_read_alone) {
    write("etc/config.toml", with_template("system") + "pack = false\n");
    const environment variables{"HOME=" + path("home"), "XDG_CONFIG_HOME=" + path("xdg")};
    EXPECT_EQ(chosen(loaded(variables)), "system {text}");

    write("xdg/tiktok2twitch/config.toml", with_template("xdg"));
    EXPECT_EQ(chosen(loaded(variables)), "xdg {text}");
    EXPECT_TRUE(loaded(variables).settings.value.twitch.pack);
    EXPECT_EQ(loaded(variables).file, path("xdg/tiktok2twitch/config.toml"));

    request_.config_path = write("mine.toml", with_template("mine"));
    EXPECT_EQ(chosen(loaded(variables)), "mine {text}");
}

TEST_F(config_loader_test, home_stands_in_for_a_missing_empty_or_relative_xdg_directory) {
    write("home/.config/tiktok2twitch/config.toml", with_template("home"));
    const std::string home = "HOME=" + path("home");
    EXPECT_EQ(chosen(loaded({home})), "home {text}");
    EXPECT_EQ(chosen(loaded({home, "XDG_CONFIG_HOME="})), "home {text}");
    EXPECT_EQ(chosen(loaded({home, "XDG_CONFIG_HOME=relative"})), "home {text}");
}

TEST_F(config_loader_test, a_missing_explicit_file_is_no_input) {
    write("etc/config.toml", with_template("system"));
    request_.config_path = path("missing.toml");
    const load_failure failure = failed();
    EXPECT_EQ(failure.code, exit_code::no_input);
    EXPECT_THAT(failure.messages,
                ElementsAre(path("missing.toml") + ": cannot be read: No such file or directory"));
}

TEST_F(config_loader_test, a_directory_is_no_input) {
    request_.config_path = root_;
    EXPECT_EQ(failed().code, exit_code::no_input);
}

TEST_F(config_loader_test, a_bad_file_is_a_configuration_error_with_all_messages) {
    request_.config_path = write("bad.toml", "[relay]\npakc = true\npack = 1\n");
    const load_failure failure = failed();
    EXPECT_EQ(failure.code, exit_code::config_error);
    EXPECT_THAT(failure.messages, ElementsAre(HasSubstr(path("bad.toml") + ":2: "), HasSubstr(":3: ")));
}

TEST_F(config_loader_test, a_file_over_the_bound_is_refused) {
    request_.config_path = write("big.toml", "#" + std::string(1024 * 1024, 'x'));
    EXPECT_EQ(failed().code, exit_code::config_error);
    request_.config_path = write("full.toml", "#" + std::string(1024 * 1024 - 1, 'x'));
    EXPECT_EQ(loaded().file, path("full.toml"));
}

TEST_F(config_loader_test, a_bad_environment_is_a_configuration_error) {
    const load_failure failure = failed({"TIKTOK2TWITCH_RELAY_PACK=maybe"});
    EXPECT_EQ(failure.code, exit_code::config_error);
    EXPECT_THAT(failure.messages,
                ElementsAre("TIKTOK2TWITCH_RELAY_PACK: relay.pack: expected true or false, found \"maybe\""));
}

TEST_F(config_loader_test, a_bad_flag_is_a_usage_error) {
    request_.flags = {{"relay.pack", "maybe", "--set"}};
    EXPECT_EQ(failed().code, exit_code::usage);
    request_.flags.clear();
    request_.route = route_config{"no user!", "chan"};
    EXPECT_EQ(failed().code, exit_code::usage);
}

TEST_F(config_loader_test, unknown_variables_of_ours_warn) {
    EXPECT_THAT(loaded({"TIKTOK2TWITCH_RELAY_PACKS=true"}).warnings,
                Contains(HasSubstr("the nearest known one is TIKTOK2TWITCH_RELAY_PACK")));
}

TEST_F(config_loader_test, flags_replace_the_routes_of_the_file) {
    request_.config_path = write("c.toml", "[[route]]\ntiktok = \"a\"\nchannel = \"b\"\n");
    EXPECT_THAT(loaded().settings.value.routes, ElementsAre(route_config{"a", "b"}));
    request_.route = route_config{"@User", "https://www.twitch.tv/Chan"};
    EXPECT_THAT(loaded().settings.value.routes, ElementsAre(route_config{"user", "chan"}));
}

TEST_F(config_loader_test, a_token_in_a_file_that_all_can_read_warns) {
    request_.config_path = write("c.toml", "[twitch]\ntoken = \"abc\"\n");
    EXPECT_THAT(loaded().warnings, Not(Contains(HasSubstr("chmod 600"))));
    fs::permissions(path("c.toml"), fs::perms::others_read, fs::perm_options::add);
    EXPECT_THAT(loaded().warnings, Contains(HasSubstr("chmod 600 " + path("c.toml"))));
    EXPECT_THAT(loaded({"TIKTOK2TWITCH_TWITCH_TOKEN=other"}).warnings, Not(Contains(HasSubstr("chmod 600"))));
}

TEST_F(config_loader_test, word_files_are_read_from_beside_the_configuration) {
    request_.config_path =
        write("etc/c.toml", "[filter]\nword_files = [\"lists/a.txt\", \"" + path("b.txt") + "\"]\n");
    write("etc/lists/a.txt", "\xEF\xBB\xBFone\r\n# remark\r\ntwo\twords\r\n");
    write("b.txt", "");
    const config value = loaded().settings.value;
    EXPECT_THAT(value.filter.word_files, ElementsAre(path("etc/lists/a.txt"), path("b.txt")));
    ASSERT_EQ(value.word_lists.size(), 2U);
    EXPECT_EQ(value.word_lists[0].name, path("etc/lists/a.txt"));
    EXPECT_EQ(value.word_lists[0].text, "one\r\n# remark\r\ntwo\twords\r\n");
    EXPECT_EQ(value.word_lists[1].text, "");
    write("b.txt", "changed\n");
    EXPECT_EQ(loaded().settings.value.word_lists[1].text, "changed\n");
}

TEST_F(config_loader_test, word_files_of_the_environment_count_from_the_working_directory) {
    request_.config_path = write("etc/c.toml", "");
    write("etc/a.txt", "one\n");
    EXPECT_THAT(
        failed({"TIKTOK2TWITCH_FILTER_WORD_FILES=a.txt"}).messages,
        ElementsAre("TIKTOK2TWITCH_FILTER_WORD_FILES: filter.word_files: a.txt: cannot be read: No such "
                    "file or directory"));
    EXPECT_EQ(
        loaded({"TIKTOK2TWITCH_FILTER_WORD_FILES=" + path("etc/a.txt")}).settings.value.word_lists.size(),
        1U);
}

TEST_F(config_loader_test, word_files_that_cannot_be_used_are_told_with_line_and_name) {
    request_.config_path =
        write("c.toml",
              "[filter]\nword_files = [\"missing.txt\", \".\", \"latin1.txt\", \"big.txt\", \"full.txt\"]\n");
    write("latin1.txt", "good\nb\xF6se\n");
    write("big.txt", std::string(1024 * 1024 + 1, 'x'));
    write("full.txt", std::string(1024 * 1024, 'x'));
    const load_failure failure = failed();
    EXPECT_EQ(failure.code, exit_code::config_error);
    const std::string head = path("c.toml") + ":2: filter.word_files: ";
    EXPECT_THAT(failure.messages,
                ElementsAre(head + path("missing.txt") + ": cannot be read: No such file or directory",
                            head + path(".") + ": is a directory",
                            head + path("latin1.txt") + ": line 2 is not UTF-8 text; save the file as UTF-8",
                            HasSubstr("big.txt: larger than 1 MiB")));
}

// Opening any of them could wait for ever, or never find an end.
TEST_F(config_loader_test, what_is_no_file_is_refused_at_once) {
    ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
    std::filesystem::create_symlink("pipe", path("link.toml"));
    for (const auto& [name, what] : {std::pair(path("pipe"), "is a pipe, not a file"),
                                     {path("link.toml"), "is a pipe, not a file"},
                                     {std::string("/dev/zero"), "is a device, not a file"},
                                     {std::string("/dev/null"), "is a device, not a file"},
                                     {path("."), "is a directory"}}) {
        request_.config_path = name;
        const load_failure failure = failed();
        EXPECT_EQ(failure.code, exit_code::no_input);
        EXPECT_THAT(failure.messages, ElementsAre(name + ": " + what));
    }
    request_.config_path = std::nullopt;
    ASSERT_EQ(::mkfifo(path("twitch_token").c_str(), 0600), 0);
    EXPECT_THAT(failed({"CREDENTIALS_DIRECTORY=" + path(".")}).messages,
                ElementsAre(HasSubstr("it is a pipe, not a file")));
}

TEST_F(config_loader_test, a_filter_that_cannot_be_used_is_told_with_its_line) {
    request_.config_path = path("c.toml");
    write("c.toml", "[filter]\n\nwords = [\n  \"fine\",\n  \"!!!\",\n]\n");
    EXPECT_THAT(
        failed().messages,
        ElementsAre(HasSubstr(path("c.toml") + ":3: filter.words, entry 2: \"!!!\" has no letter, digit")));
    write("c.toml", "[filter]\nword_files = [\"w.txt\"]\n");
    write("w.txt", "fine\n...\n");
    EXPECT_THAT(failed().messages,
                ElementsAre(HasSubstr(path("c.toml") + ":2: filter.word_files, " + path("w.txt") +
                                      ", line 2: \"...\" has no letter, digit")));
    write("c.toml", "[filter]\npatterns = [\"(\"]\n");
    EXPECT_THAT(failed().messages, ElementsAre(HasSubstr(path("c.toml") + ":2: filter.patterns, entry 1")));
    EXPECT_EQ(failed().code, exit_code::config_error);
}

TEST_F(config_loader_test, the_state_directory_follows_its_order) {
    environment variables;
    EXPECT_EQ(loaded(variables).state_dir, "");
    variables.push_back("HOME=/home/me");
    EXPECT_EQ(loaded(variables).state_dir, "/home/me/.local/state/tiktok2twitch");
    variables.push_back("XDG_STATE_HOME=/xdg/state");
    EXPECT_EQ(loaded(variables).state_dir, "/xdg/state/tiktok2twitch");
    variables.push_back("STATE_DIRECTORY=/var/lib/first:/var/lib/second");
    EXPECT_EQ(loaded(variables).state_dir, "/var/lib/first");
    request_.state_dir = "here";
    EXPECT_EQ(loaded(variables).state_dir, "here");
}

TEST_F(config_loader_test, systemds_credential_stands_between_the_environment_and_the_file) {
    write("etc/config.toml", "[twitch]\ntoken = \"fromfile\"\n");
    const std::string directory = "CREDENTIALS_DIRECTORY=" + path("credentials");
    EXPECT_EQ(loaded({directory}).settings.value.twitch.token.reveal(), "fromfile");
    write("credentials/twitch_token", "oauth:handedover \r\n\n");
    const loaded_config found = loaded({directory});
    EXPECT_EQ(found.settings.value.twitch.token.reveal(), "handedover");
    EXPECT_THAT(show_config(found.settings), HasSubstr("token = \"***\"  # environment"));
    const std::string environment = "TIKTOK2TWITCH_TWITCH_TOKEN=fromenvironment";
    EXPECT_EQ(loaded({environment, directory}).settings.value.twitch.token.reveal(), "fromenvironment");
    EXPECT_EQ(loaded({"CREDENTIALS_DIRECTORY="}).settings.value.twitch.token.reveal(), "fromfile");
    write("credentials/twitch_token", " \n");
    EXPECT_EQ(loaded({directory}).settings.value.twitch.token.reveal(), "fromfile");
}

TEST_F(config_loader_test, a_credential_that_is_no_token_is_said_without_showing_it) {
    const std::string directory = "CREDENTIALS_DIRECTORY=" + path("credentials");
    write("credentials/twitch_token", std::string(4097, 'x'));
    const auto too_long = std::get<load_failure>(load({directory}));
    EXPECT_EQ(too_long.code, exit_code::no_input);
    EXPECT_THAT(too_long.messages, ElementsAre(HasSubstr("longer than 4096 bytes")));
    write("credentials/twitch_token", "two words");
    const auto no_token = std::get<load_failure>(load({directory}));
    EXPECT_EQ(no_token.code, exit_code::config_error);
    EXPECT_THAT(no_token.messages, ElementsAre(HasSubstr("credentials/twitch_token: twitch.token")));
    EXPECT_THAT(no_token.messages, ElementsAre(Not(HasSubstr("two words"))));
    fs::remove(path("credentials/twitch_token"));
    fs::create_directories(path("credentials/twitch_token"));
    EXPECT_EQ(std::get<load_failure>(load({directory})).code, exit_code::no_input);
}

TEST(environment_test, lines_are_copied_and_found_by_whole_name) {
    const char* const lines[] = {"AB=1", "A=2", "EMPTY=", nullptr};
    const environment variables = environment_of(lines);
    EXPECT_THAT(variables, ElementsAre("AB=1", "A=2", "EMPTY="));
    EXPECT_EQ(variable(variables, "A"), "2");
    EXPECT_EQ(variable(variables, "EMPTY"), std::nullopt);
    EXPECT_EQ(variable(variables, "B"), std::nullopt);
}

}  // namespace
}  // namespace tiktok2twitch::app
