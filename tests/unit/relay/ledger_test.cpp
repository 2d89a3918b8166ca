// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/ledger.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::relay {
namespace {

TEST(ledger_test, every_outcome_moves_an_event_out_of_pending) {
    ledger books;
    books.receive(5);
    EXPECT_EQ(books.pending(), 5u);
    books.settle(outcome::relayed, "");
    books.settle(outcome::folded, "");
    books.settle(outcome::filtered, "empty");
    books.settle(outcome::dropped, "expired");
    EXPECT_EQ(books.pending(), 1u);
    EXPECT_EQ(books.settled(), 4u);
    EXPECT_EQ(books.filtered().at("empty"), 1u);
    EXPECT_EQ(books.dropped().at("expired"), 1u);
}

TEST(ledger_test, reasons_are_counted_apart) {
    ledger books;
    books.receive(6);
    books.settle(outcome::dropped, "expired", 2);
    books.settle(outcome::dropped, "queue_full", 3);
    books.settle(outcome::dropped, "expired");
    EXPECT_EQ(books.dropped().at("expired"), 3u);
    EXPECT_EQ(books.dropped().at("queue_full"), 3u);
    EXPECT_EQ(books.pending(), 0u);
}

TEST(ledger_test, reasons_that_a_server_makes_up_without_end_are_counted_together_in_the_end) {
    ledger books;
    books.receive(5000);
    for (int i = 0; i < 5000; ++i)
        books.settle(outcome::dropped, "refused_msg_" + std::to_string(i));
    EXPECT_LE(books.dropped().size(), ledger::most_reasons + 1);
    EXPECT_EQ(books.dropped().at("refused_msg_0"), 1u);
    EXPECT_EQ(books.dropped().at("other"), 5000u - ledger::most_reasons);
    EXPECT_EQ(books.pending(), 0u);
    EXPECT_NE(explain_reason("other"), "other");
}

TEST(ledger_test, ignored_messages_stay_outside_the_equation) {
    ledger books;
    books.ignore("history", 6);
    EXPECT_EQ(books.received(), 0u);
    EXPECT_EQ(books.pending(), 0u);
    EXPECT_EQ(books.ignored().at("history"), 6u);
}

TEST(ledger_test, what_filters_changed_or_held_back_stays_outside_the_equation) {
    ledger books;
    books.receive();
    books.change("link");
    books.change("blocked_word");
    books.change("link");
    books.hold("new_user");
    EXPECT_EQ(books.pending(), 1u);
    EXPECT_EQ(books.settled(), 0u);
    EXPECT_EQ(books.changed().at("link"), 2u);
    EXPECT_EQ(books.changed().at("blocked_word"), 1u);
    EXPECT_EQ(books.held().at("new_user"), 1u);
}

TEST(ledger_test, refusals_of_twitch_are_explained_by_their_msg_id) {
    EXPECT_NE(explain_reason("refused_msg_followersonly").find("msg_followersonly"), std::string::npos);
    EXPECT_NE(explain_reason("expired").find("max_age"), std::string::npos);
}

TEST(ledger_test, what_moderators_and_filters_stopped_is_explained) {
    for (const std::string reason :
         {"paused", "muted_user", "only_gifts", "deleted_on_tiktok", "kind_limit", "below_threshold",
          "blocked_word", "blocked_name", "blocked_pattern", "blocked_user", "link", "too_short", "too_long",
          "language", "user_rate", "new_user", "held_too_long", "denied"})
        EXPECT_NE(explain_reason(reason), reason);
}

}  // namespace
}  // namespace tiktok2twitch::relay
