// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "support/key_pages.hpp"
#include "tiktok2twitch/app/config/keys.hpp"
#include "tiktok2twitch/app/config/values.hpp"
#include "unit/app/config_support.hpp"

namespace tiktok2twitch::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST(config_keys_test, every_default_is_accepted_and_shown_as_it_is_written) {
    const config defaults = default_config();
    for (const config_key& key : config_keys()) {
        config copy;
        const std::string text = key.initial.empty() ? value_text(config(), key) : std::string(key.initial);
        EXPECT_EQ(set_value(copy, key, text), std::nullopt) << key.dotted();
        EXPECT_EQ(value_text(defaults, key), text) << key.dotted();
    }
}

TEST(config_keys_test, names_and_variables_are_unique) {
    std::set<std::string> names;
    std::set<std::string> variables;
    for (const config_key& key : config_keys()) {
        names.insert(key.dotted());
        variables.insert(key.variable());
    }
    EXPECT_EQ(names.size(), config_keys().size());
    EXPECT_EQ(variables.size(), config_keys().size());
}

TEST(config_keys_test, defaults_agree_with_those_of_the_modules) {
    const config defaults = default_config();
    const tiktok::options tiktok;
    const twitch::options twitch;
    EXPECT_EQ(defaults.tiktok.poll_interval, tiktok.poll_interval);
    EXPECT_EQ(defaults.tiktok.heartbeat_interval, tiktok.heartbeat_interval);
    EXPECT_EQ(defaults.tiktok.stale_after, tiktok.stale_after);
    EXPECT_EQ(defaults.twitch.limit_normal, twitch.limit_normal);
    EXPECT_EQ(defaults.twitch.limit_moderator, twitch.limit_moderator);
    EXPECT_EQ(defaults.twitch.spacing_normal, twitch.spacing_normal);
    EXPECT_EQ(defaults.twitch.spacing_moderator, twitch.spacing_moderator);
    EXPECT_EQ(defaults.twitch.vip_is_moderator, twitch.vip_is_moderator);
    EXPECT_EQ(defaults.twitch.backlog, twitch.backlog);
    EXPECT_EQ(defaults.twitch.max_age, twitch.max_age);
    EXPECT_EQ(defaults.twitch.pack, twitch.pack);
    EXPECT_EQ(defaults.twitch.read_back, twitch.read_back);
    const relay::filter_options filter;
    EXPECT_EQ(defaults.filter.starter_lists, filter.starter_lists);
    EXPECT_EQ(defaults.filter.swearing, filter.swearing);
    EXPECT_EQ(defaults.filter.words_action, filter.words_action);
    EXPECT_EQ(defaults.filter.patterns_action, filter.patterns_action);
    EXPECT_EQ(defaults.filter.links, filter.links);
    EXPECT_EQ(defaults.filter.hold_for, filter.hold_for);
    EXPECT_EQ(defaults.filter.hold_new_users, filter.hold_new_users);
    EXPECT_EQ(defaults.filter.per_user.count, filter.per_user.count);
    const relay::command_options commands;
    EXPECT_EQ(defaults.commands.enabled, commands.enabled);
    EXPECT_EQ(defaults.commands.word, commands.word);
    EXPECT_EQ(defaults.badges, relay::badge_marks());
    const relay::event_options events;
    EXPECT_EQ(defaults.events.gift_min_coins, events.gift_min_coins);
    EXPECT_EQ(defaults.events.like_every, events.like_every);
}

TEST(config_keys_test, the_pages_that_follow_from_the_table_are_fresh) {
    const std::string fix = "stale: run t2t_describe_keys in the top folder";
    EXPECT_EQ(read_file(T2T_SOURCE_DIR "/docs/configuration.md"), configuration_page()) << fix;
    EXPECT_EQ(read_file(T2T_SOURCE_DIR "/config.example.toml"), example_file()) << fix;
}

TEST(config_keys_test, a_page_has_every_key_and_says_which_need_a_restart) {
    const std::string page = configuration_page();
    for (const config_key& key : config_keys()) {
        const std::string mark = key.counts == change::at_reload ? "` |" : "` \\* |";
        EXPECT_NE(page.find("| `" + std::string(key.name) + mark), std::string::npos) << key.dotted();
    }
}

TEST(config_example_test, lists_every_key_with_its_default_and_its_help_in_order) {
    const std::string text = read_file(T2T_SOURCE_DIR "/config.example.toml");
    std::size_t at = 0;
    std::string_view section;
    for (const config_key& key : config_keys()) {
        if (key.section != section) {
            section = key.section;
            at = text.find("\n[" + std::string(section) + "]\n", at);
            ASSERT_NE(at, std::string::npos) << section;
        }
        const std::string value = value_toml(default_config(), key);
        const std::string lines =
            "\n# " + std::string(key.help) + "\n" + std::string(key.name) + " = " + value + "\n";
        at = text.find(lines, at);
        ASSERT_NE(at, std::string::npos) << lines;
        at += lines.size() - 1;
    }
}

TEST(config_example_test, names_every_kind_of_event_of_a_route) {
    const std::string text = read_file(T2T_SOURCE_DIR "/config.example.toml");
    const std::string before = "carries of what is enabled above: ";
    const std::size_t begin = text.find(before);
    const std::size_t end = text.find(';', begin);
    ASSERT_NE(end, std::string::npos);
    std::istringstream words(text.substr(begin + before.size(), end - begin - before.size()));
    std::vector<std::string> kinds;
    for (std::string word; words >> word;) {
        if (word != "#") {  // where the comment goes on in the next line
            kinds.push_back(word.substr(0, word.find(',')));
        }
    }
    EXPECT_EQ(kinds, event_names(every_event));
    std::string events;
    for (const std::string& kind : kinds) {
        events += (events.empty() ? "\"" : ", \"") + kind + "\"";
    }
    EXPECT_THAT(errors("[[route]]\ntiktok = \"user\"\nchannel = \"chan\"\nevents = [" + events + "]\n"),
                IsEmpty());
}

TEST(config_example_test, loads_as_it_is_and_with_its_route) {
    std::string text = read_file(T2T_SOURCE_DIR "/config.example.toml");
    const configuration as_it_is = load(text);
    EXPECT_THAT(texts(as_it_is.errors), IsEmpty());
    EXPECT_THAT(as_it_is.value.routes, IsEmpty());

    for (const std::string_view line :
         {"# [[route]]", "# tiktok = ", "# channel = ", "# events = ", "# [emoji]", "# \"laugh\" = "}) {
        const std::size_t at = text.find(line);
        ASSERT_NE(at, std::string::npos) << line;
        text.erase(at, 2);
    }
    const configuration with_route = load(text);
    EXPECT_THAT(texts(with_route.errors), IsEmpty());
    EXPECT_THAT(texts(with_route.warnings), IsEmpty());
    EXPECT_THAT(with_route.value.routes,
                ElementsAre(route_config{"user", "chan", event_set(0b1001)}));  // chat, gift
}

}  // namespace
}  // namespace tiktok2twitch::app
