// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/away_story.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace tiktok2twitch::core {
namespace {

using namespace std::chrono_literals;
using telling = away_story::telling;

const time_point start{1h};

TEST(away_story, the_cause_is_said_once_and_then_at_growing_distances_that_it_lasts) {
    away_story story;
    EXPECT_EQ(story.on_failure("refused", start), telling::cause);
    std::vector<duration> lasts;
    for (duration passed = 15s; passed <= 3h; passed += 15s) {
        const auto what = story.on_failure("refused", start + passed);
        EXPECT_NE(what, telling::cause);
        if (what == telling::lasts)
            lasts.push_back(passed);
    }
    EXPECT_EQ(lasts, (std::vector<duration>{1min, 3min, 7min, 15min, 31min, 61min, 91min, 121min, 151min}));
    EXPECT_EQ(story.away_for(start + 8min), 8min);
    EXPECT_EQ(story.on_back(start + 3h), 3h);
}

TEST(away_story, another_cause_is_news_but_not_the_same_one_again) {
    away_story story;
    EXPECT_EQ(story.on_failure("refused", start), telling::cause);
    EXPECT_EQ(story.on_failure("no name", start + 1s), telling::cause);
    EXPECT_EQ(story.on_failure("refused", start + 2s), telling::nothing);
    EXPECT_EQ(story.on_failure("no name", start + 3s), telling::nothing);
}

TEST(away_story, causes_that_are_always_new_are_bounded) {
    away_story story;
    std::size_t said = 0;
    for (int i = 0; i < 1000; ++i)
        said += story.on_failure(std::to_string(i), start) == telling::cause ? 1U : 0U;
    EXPECT_EQ(said, away_story::most_causes);
}

TEST(away_story, the_next_absence_begins_anew) {
    away_story story;
    EXPECT_FALSE(story.on_back(start));
    EXPECT_EQ(story.away_for(start), duration{});
    story.on_failure("refused", start);
    EXPECT_EQ(story.on_back(start + 5s), 5s);
    EXPECT_FALSE(story.on_back(start + 6s));
    EXPECT_EQ(story.on_failure("refused", start + 7s), telling::cause);
}

}  // namespace
}  // namespace tiktok2twitch::core
