// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/relay/filter/message_filter.hpp"

namespace tiktok2twitch::relay::test {

using kind = verdict::kind;
using namespace std::chrono_literals;

// Only what a test names is on.
inline filter_options bare() {
    filter_options options;
    options.starter_lists.clear();
    options.links = link_action::allow;
    return options;
}

inline filter_options with_words(std::vector<std::string> words, filter_action action = filter_action::drop) {
    filter_options options = bare();
    options.words = std::move(words);
    options.words_action = action;
    return options;
}

inline message_filter make(const filter_options& options, const std::vector<word_list>& files = {}) {
    std::string hint;
    auto made = message_filter::compile(options, files, &hint);
    EXPECT_TRUE(made.has_value()) << hint;
    return std::move(made).value();
}

inline std::string hint_of(const filter_options& options, const std::vector<word_list>& files = {}) {
    std::string hint;
    const auto made = message_filter::compile(options, files, &hint);
    EXPECT_FALSE(made.has_value());
    return hint;
}

inline event comment(std::string_view text, std::int64_t user = 7) {
    event made;
    made.from.id = user;
    made.from.unique_id = "some.user";
    made.from.nickname = "Some User";
    made.text = text;
    return made;
}

inline verdict judge(message_filter& filter, std::string_view text) {
    return filter.judge(comment(text), core::time_point{});
}

inline std::string repeat(std::string_view piece, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i)
        text += piece;
    return text;
}

}  // namespace tiktok2twitch::relay::test
