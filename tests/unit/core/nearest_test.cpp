// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/core/nearest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

namespace tiktok2twitch::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::array<std::string_view, 7> candidates{"like",  "live_start",   "live_end",     "words",
                                                     "gifts", "words_action", "blocked_users"};

TEST(nearest_test, likely_is_a_typing_error_an_abbreviation_or_more_words_than_needed) {
    EXPECT_THAT(likely("GIFTS", candidates), ElementsAre("gifts"));
    EXPECT_THAT(likely("lkie", candidates), ElementsAre("like"));
    EXPECT_THAT(likely("live", candidates), ElementsAre("live_start", "live_end"));
    EXPECT_THAT(likely("end-live", candidates), ElementsAre("live_end"));
    EXPECT_THAT(likely("blocked_words", candidates), ElementsAre("words"));
    EXPECT_THAT(likely("words_actions", candidates), ElementsAre("words_action"));
    EXPECT_THAT(likely("blocked_user", candidates), ElementsAre("blocked_users"));
}

TEST(nearest_test, nothing_is_likely_where_nothing_is_near) {
    for (const std::string& word : {std::string(), std::string("_"), std::string("..."), std::string("zzz"),
                                    std::string("min"), std::string(1000, 'x')})
        EXPECT_THAT(likely(word, candidates), IsEmpty()) << word;
    EXPECT_THAT(likely("like", {}), IsEmpty());
}

}  // namespace
}  // namespace tiktok2twitch::core
