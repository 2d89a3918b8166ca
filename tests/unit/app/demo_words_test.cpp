// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/demo/demo.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::app {
namespace {

TEST(demo_words_test, the_shares_and_their_reasons_are_told) {
    EXPECT_EQ(
        explain_shares(R"({"routes":[{"received":200,"relayed":100,"folded":50,"lines_accepted":9,
                                 "pending":0,"filtered":{"empty":2},"dropped":{"expired":48}}]})"),
        "Of 200 comments 50.0 % were said in 9 lines, 25.0 % are in those lines too (the same words, said "
        "once with a count), 25.0 % were not said: nothing was left to say after cleaning the text (2), "
        "waited longer than relay.max_age for its turn (48).\n");
}

TEST(demo_words_test, nothing_unsaid_needs_no_reasons_and_nothing_received_no_shares) {
    EXPECT_EQ(explain_shares(R"({"routes":[{"received":0,"relayed":0,"folded":0,"lines_accepted":0,
                                 "pending":0,"filtered":{},"dropped":{}}]})"),
              "Of 0 comments 0.0 % were said in 0 lines, 0.0 % are in those lines too (the same words, said "
              "once with a count), 0.0 % were not said.\n");
}

}  // namespace
}  // namespace tiktok2twitch::app
