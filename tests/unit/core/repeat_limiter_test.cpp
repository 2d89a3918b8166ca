// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/repeat_limiter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tiktok2twitch::core {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

const time_point start{1h};

class repeat_limiter_test : public testing::Test {
protected:
    // How many of `count` messages, spread evenly over `span`, are said; `text` gets their number.
    template <class Text>
    std::size_t said(std::size_t count, duration span, Text text,
                     const std::string& source = "twitch/#chan") {
        std::size_t out = 0;
        for (std::size_t i = 0; i < count; ++i) {
            out += limiter.admit(log_level::info, source, text(i), now) ? 1 : 0;
            now += span / static_cast<std::int64_t>(count);
            collect(limiter.poll(now));
        }
        return out;
    }
    void collect(const std::vector<repeat_limiter::summary>& due) {
        for (const auto& each : due)
            summaries.push_back(each.source + ": " + each.text);
    }

    time_point now = start;
    repeat_limiter limiter;
    std::vector<std::string> summaries;
};

TEST_F(repeat_limiter_test, a_few_are_said_the_rest_is_counted_in_one_line) {
    EXPECT_EQ(said(20'000, 1min, [](std::size_t i) { return "slow mode: " + std::to_string(i) + " s"; }), 5U);
    now += 1ms;
    collect(limiter.poll(now));
    EXPECT_THAT(summaries, ElementsAre("twitch/#chan: 19,995 more in 1 min: slow mode: 19999 s"));
}

TEST_F(repeat_limiter_test, while_a_flood_lasts_its_numbers_come_less_and_less_often) {
    EXPECT_EQ(said(60'000, 60min, [](std::size_t) { return "again"; }), 5U);
    // After 1, 2, 4, 8, 10, 10, 10, 10 minutes.
    EXPECT_EQ(summaries.size(), 8U);
    EXPECT_THAT(summaries.at(1), testing::StartsWith("twitch/#chan: 2,0"));
}

TEST_F(repeat_limiter_test, after_a_calm_minute_all_is_said_again) {
    said(100, 1s, [](std::size_t) { return "again"; });
    now += 59s;
    collect(limiter.poll(now));
    EXPECT_EQ(summaries.size(), 1U);
    now += 2min;
    collect(limiter.poll(now));
    EXPECT_EQ(said(3, 1s, [](std::size_t) { return "again"; }), 3U);
    EXPECT_EQ(summaries.size(), 1U);
}

TEST_F(repeat_limiter_test, two_kinds_that_alternate_are_counted_each) {
    const auto rank = [](std::size_t i) {
        return std::string(i % 2 == 0 ? "a moderator now" : "no moderator any more");
    };
    EXPECT_EQ(said(20'000, 1min, rank), 10U);
    now += 1s;
    collect(limiter.poll(now));
    EXPECT_THAT(summaries, testing::SizeIs(2));
}

TEST_F(repeat_limiter_test, a_source_cannot_escape_with_words_that_are_always_new) {
    const auto word = [](std::size_t i) {
        std::string text = "refused for ";
        for (; i > 0; i /= 20)
            text += static_cast<char>('a' + i % 20);
        return text;
    };
    EXPECT_EQ(said(20'000, 59s, word), repeat_limiter::source_burst);
    EXPECT_EQ(said(
                  1, 1ms, [](std::size_t) { return "of another source"; }, "tiktok/@ann"),
              1U);
    now += 2s;
    collect(limiter.poll(now));
    EXPECT_THAT(summaries,
                ElementsAre(testing::StartsWith("twitch/#chan: 19,980 more messages of other kinds in ")));
}

TEST_F(repeat_limiter_test, sources_that_are_always_new_share_one_limit_in_the_end) {
    std::size_t passed = 0;
    for (std::size_t i = 0; i < 5'000; ++i)
        passed += limiter.admit(log_level::info, "tiktok/room " + std::to_string(i), "hello", now) ? 1 : 0;
    EXPECT_EQ(passed, repeat_limiter::most_sources + repeat_limiter::source_burst);
}

TEST_F(repeat_limiter_test, levels_are_kinds_and_the_gravest_is_told) {
    for (int i = 0; i < 10; ++i) {
        limiter.admit(log_level::warning, "twitch", "x", now);
        limiter.admit(log_level::info, "twitch", "x", now);
    }
    const auto due = limiter.poll(now, true);
    ASSERT_EQ(due.size(), 2U);
    EXPECT_EQ(due.at(0).level, log_level::info);
    EXPECT_EQ(due.at(1).level, log_level::warning);
}

TEST_F(repeat_limiter_test, at_the_end_all_that_was_counted_is_told) {
    said(10, 1s, [](std::size_t) { return "again"; });
    EXPECT_THAT(summaries, IsEmpty());
    collect(limiter.poll(now, true));
    EXPECT_THAT(summaries, ElementsAre("twitch/#chan: 5 more in 1 s: again"));
    EXPECT_THAT(limiter.poll(now, true), IsEmpty());
}

}  // namespace
}  // namespace tiktok2twitch::core
