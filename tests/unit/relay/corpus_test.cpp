// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// The filters that are on by default, judged by a corpus: nothing of what people write every day in the
// languages of the lists is touched, no address of spam arrives as one.

#include <gtest/gtest.h>

#include <charconv>
#include <fstream>
#include <set>

#include "filter_support.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/unicode.hpp"
#include "tiktok2twitch/relay/filter/links/link_finder.hpp"

namespace tiktok2twitch::relay::test {
namespace {

// The lines of tests/data/<name>, without remarks; "\u{200B}" is that code point.
std::vector<std::string> lines_of(const std::string& name) {
    std::ifstream file(T2T_TEST_DATA "/" + name);
    EXPECT_TRUE(file) << name;
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#')
            continue;
        for (std::size_t at = 0; (at = line.find("\\u{")) != std::string::npos;) {
            const std::size_t end = line.find('}', at);
            std::uint32_t code_point = 0;
            std::from_chars(line.data() + at + 3, line.data() + end, code_point, 16);
            std::string sign;
            core::utf8::append(sign, code_point);
            line.replace(at, end + 1 - at, sign);
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

class corpus : public testing::TestWithParam<const char*> {};

TEST_P(corpus, ordinary_sentences_and_names_are_left_alone) {
    const auto lines = lines_of("ordinary/" + std::string(GetParam()) + ".txt");
    EXPECT_GE(std::set<std::string>(lines.begin(), lines.end()).size(), 200U);
    auto filter = make(filter_options{});
    for (const std::string& line : lines) {
        const verdict said = judge(filter, line);
        EXPECT_EQ(said.rule, "") << line;
        EXPECT_EQ(said.text, core::clean_text(line));
        event named = comment("hi");
        named.from.nickname = line;
        EXPECT_NE(filter.judge(named, {}).what, kind::drop) << line;
    }
}

INSTANTIATE_TEST_SUITE_P(languages, corpus, testing::Values("de", "en", "es", "fr", "it", "pt", "ru"));

TEST(corpus_of_spam, no_address_arrives_as_one) {
    const auto lines = lines_of("spam/addresses.txt");
    EXPECT_GE(std::set<std::string>(lines.begin(), lines.end()).size(), 150U);
    auto dropping = filter_options{};
    dropping.links = link_action::drop;
    auto strict = make(dropping);
    auto usual = make(filter_options{});
    for (const std::string& line : lines) {
        EXPECT_EQ(judge(strict, line).reason, "link") << line;
        const verdict said = judge(usual, line);
        EXPECT_EQ(said.reason, "link") << line;
        EXPECT_FALSE(any_clickable(find_links(said.text))) << line << ": " << said.text;
    }
}

}  // namespace
}  // namespace tiktok2twitch::relay::test
