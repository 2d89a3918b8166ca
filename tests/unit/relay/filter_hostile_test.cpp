// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Whatever strangers write: every verdict is clean, bounded and final (judged again, nothing is left to do).

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "filter_support.hpp"
#include "support/manifest.hpp"
#include "support/text_rules.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/filter/links/link_finder.hpp"
#include "tiktok2twitch/relay/format/formatter.hpp"

namespace tiktok2twitch::relay::test {
namespace {

using tiktok2twitch::test::broken_rule;
using tiktok2twitch::test::load_manifest;

filter_options everything(filter_action action, link_action links) {
    filter_options options;
    options.starter_lists.clear();
    for (const auto language : starter_list_languages())
        options.starter_lists.emplace_back(language);
    options.words = {"bad", "so bad", "lookalike", "free followers", "zalgo", "🔥", "傻逼", "ill", "aaa"};
    options.patterns = {"pri.msg", "\\d{3,}", "(a|b)+c", "[^ -~]{20,}"};
    options.words_action = options.patterns_action = action;
    options.links = links;
    return options;
}

void check_clean(const std::string& text, std::size_t source) {
    EXPECT_EQ(broken_rule(text), "") << text.substr(0, 100);
    EXPECT_EQ(core::clean_text(text), text) << text.substr(0, 100);
    EXPECT_LE(text.size(), source * 5 + 10);
}

class every_action : public testing::TestWithParam<std::tuple<filter_action, link_action>> {
protected:
    every_action() : filter_(make(everything(std::get<0>(GetParam()), std::get<1>(GetParam())))) {}

    void judge_all(std::string_view text, std::string_view name) {
        event said = comment(text);
        said.from.nickname = name;
        said.from.unique_id = name.substr(0, 24);
        const auto first = filter_.judge(said, {});
        if (first.what == kind::drop) {
            EXPECT_FALSE(first.reason.empty());
            EXPECT_TRUE(first.text.empty() && !first.name && !first.unique_id);
            return;
        }
        // Bytes that are no text become three each.
        check_clean(first.text, text.size() * 3);
        check_clean(first.name.value_or(""), name.size() * 3);
        check_clean(first.unique_id.value_or(""), name.size() * 3);
        if (first.what == kind::hold)
            return;
        if (std::get<1>(GetParam()) != link_action::allow) {
            EXPECT_TRUE(std::ranges::none_of(find_links(first.text), &found_link::clickable)) << first.text;
        }
        said.text = first.text;
        said.from.nickname = first.name.value_or(core::clean_text(name));
        said.from.unique_id = first.unique_id.value_or(core::clean_text(name.substr(0, 24)));
        if (std::get<1>(GetParam()) != link_action::allow) {
            for (const auto& shown : {said.from.nickname, said.from.unique_id})
                EXPECT_FALSE(any_clickable(find_links(shown, link_reading::name))) << shown;
        }
        const auto second = filter_.judge(said, {});
        EXPECT_NE(second.what, kind::drop) << first.text << " / " << second.rule;
        EXPECT_EQ(second.text, first.text);
        EXPECT_FALSE(second.name || second.unique_id) << said.from.nickname;
    }

    message_filter filter_;
};

TEST_P(every_action, survives_the_hostile_recording) {
    std::size_t judged = 0;
    const auto manifest = load_manifest("hostile");
    for (const auto& chat : manifest.at("chats")) {
        judge_all(chat.at("text").get<std::string>(), chat.at("nickname").get<std::string>());
        ++judged;
    }
    EXPECT_GT(judged, 80u);
}

TEST_P(every_action, leaves_handles_clean_that_no_line_shows) {
    filter_.set_lines(formatter(parse_template("{name}: {text}").value(), "host"));
    const auto manifest = load_manifest("hostile");
    for (const auto& chat : manifest.at("chats"))
        judge_all("hi", chat.at("nickname").get<std::string>());
    for (const auto& chat : manifest.at("chats")) {
        event said = comment("hi");
        said.from.unique_id = chat.at("text").get<std::string>();
        const auto answer = filter_.judge(said, {});
        EXPECT_EQ(answer.what, kind::pass) << said.from.unique_id;
        EXPECT_TRUE(answer.changes.empty()) << said.from.unique_id;
        const auto shown = answer.unique_id.value_or(core::clean_text(said.from.unique_id));
        check_clean(shown, said.from.unique_id.size() * 3);
        said.from.nickname.clear();
        said.from.unique_id = shown;
        EXPECT_NE(filter_.judge(said, {}).what, kind::drop) << "seen after all: " << shown;
    }
}

TEST_P(every_action, survives_ten_thousand_of_anything) {
    for (const char* piece : {"a",        "b a d ",
                              "b.a.d.",   "@a",
                              "1",        "1l!|",
                              "baaad",    "a.com ",
                              "http://",  "example dot ",
                              "(dot)",    "z\u0301\u0302\u0303\u0304",
                              "\u202Eb",  "👨\u200D👩\u200D👧",
                              "𝐛𝐚𝐝",      "傻",
                              "傻逼",     "\xFF",
                              "\u0600",   "ﷺ",
                              "bad",      "so bad ",
                              "ⅷ",        "\u0941",
                              "🇧",        "..",
                              "so",       "aB",
                              "a\u200Db", "kill your",
                              "…",        "*",
                              "a*b"}) {
        const std::string text = repeat(piece, 10'000 / std::string_view(piece).size());
        judge_all(text, text);
    }
}

TEST_P(every_action, survives_random_mixtures) {
    constexpr auto pieces = std::to_array<std::string_view>(
        {"bad",    "b",      "a",      "d",  " ",  ".",   "so",     "com", "http", "://",  "www.",
         "dot",    "(",      ")",      "[",  "]",  "/",   "@",      "1",   "4",    "$",    "!",
         "\u0301", "\u200D", "🅱",      "🔥",  "傻", "逼",  "\u202E", "ａ",  "а",    "\xC3", "'",
         "-",      "_",      "tv",     ":",  "…",  "。",  "lo",     "ser", "I",    "l",    "*",
         "[link]", "(dot)",  "\u0600", "ᄀ", "गे",  "aaa", "c"});
    std::mt19937 random(20260101);
    for (int round = 0; round < 1500; ++round) {
        std::string text;
        for (std::size_t left = random() % 24; left > 0; --left)
            text += pieces[random() % pieces.size()];
        judge_all(text, text);
    }
}

INSTANTIATE_TEST_SUITE_P(actions, every_action,
                         testing::Values(std::tuple(filter_action::drop, link_action::drop),
                                         std::tuple(filter_action::mask, link_action::defang),
                                         std::tuple(filter_action::mask, link_action::strip),
                                         std::tuple(filter_action::hold, link_action::hold)));

TEST(filter_recordings_test, ordinary_chat_meets_no_rule_of_the_defaults) {
    auto filter = make({});
    for (const char* name : {"quiet", "middling", "busy", "gifts"}) {
        const auto manifest = load_manifest(name);
        for (const auto& chat : manifest.at("chats")) {
            event said = comment(chat.at("text").get<std::string>());
            said.from.nickname = chat.at("nickname").get<std::string>();
            said.from.unique_id = chat.at("unique_id").get<std::string>();
            const auto answer = filter.judge(said, {});
            EXPECT_EQ(answer.what, kind::pass)
                << said.text << " / " << said.from.nickname << " / " << answer.rule;
        }
    }
}

}  // namespace
}  // namespace tiktok2twitch::relay::test
