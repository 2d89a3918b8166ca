// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/helix/deletion_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;

constexpr core::time_point start{hours(1000)};

struct deletion_queue_test : testing::Test {
    deletion_queue queue{{seconds(1), seconds(60), hours(1), seconds(60)}};
    core::time_point now = start;

    void push(const std::string& id, const std::string& channel = "chan") {
        queue.push({channel, *line_id::parse(id)}, now);
    }
    std::string begin() { return queue.begin().line.text(); }
    // The first is tried; how it ended, if it did.
    std::optional<deletion> tried(deletion how, bool in_doubt = false, core::duration told_wait = {}) {
        queue.begin();
        deletion_queue::attempt attempt;
        attempt.how = how;
        attempt.in_doubt = in_doubt;
        attempt.told_wait = told_wait;
        const auto over = queue.on_tried(attempt, now);
        return over ? std::optional(over->how) : std::nullopt;
    }
    core::duration wait() const { return queue.next_try() - now; }
    std::vector<deletion> given_up() {
        std::vector<deletion> out;
        for (const auto& each : queue.give_up(now))
            out.push_back(each.how);
        return out;
    }
};

TEST_F(deletion_queue_test, lines_are_over_one_after_the_other) {
    push("a");
    push("b");
    EXPECT_EQ(begin(), "a");
    EXPECT_EQ(tried(deletion::deleted), deletion::deleted);
    EXPECT_EQ(begin(), "b");
    EXPECT_EQ(tried(deletion::immune), deletion::immune);
    EXPECT_EQ(queue.size(), 0U);
    EXPECT_LE(queue.next_try(), now);
}

TEST_F(deletion_queue_test, trouble_is_met_with_a_patience_that_doubles_up_to_a_minute_or_as_twitch_says) {
    push("a");
    std::vector<std::int64_t> waits;
    for (int i = 0; i < 8; ++i) {
        EXPECT_FALSE(tried(deletion::failed));
        waits.push_back(std::chrono::duration_cast<seconds>(wait()).count());
    }
    EXPECT_THAT(waits, ElementsAre(1, 2, 4, 8, 16, 32, 60, 60));
    EXPECT_FALSE(tried(deletion::rate_limited, false, seconds(90)));
    EXPECT_EQ(wait(), seconds(90));
    now = queue.next_try();
    EXPECT_EQ(tried(deletion::deleted), deletion::deleted);
    push("b");
    EXPECT_FALSE(tried(deletion::failed));
    EXPECT_EQ(wait(), seconds(1)) << "from the beginning";
}

TEST_F(deletion_queue_test, after_five_tries_in_a_row_the_others_have_their_turn) {
    push("a");
    push("b");
    for (unsigned i = 0; i < deletion_queue::most_attempts; ++i) {
        EXPECT_EQ(begin(), "a");
        tried(deletion::failed);
    }
    EXPECT_EQ(begin(), "b");
    tried(deletion::failed);
    EXPECT_EQ(begin(), "b");
}

TEST_F(deletion_queue_test, only_trouble_gives_up_and_only_after_its_hour) {
    push("a");
    now += hours(2);
    EXPECT_THAT(given_up(), ElementsAre()) << "nobody has tried it";
    push("b");
    tried(deletion::unauthorized);
    push("c");
    EXPECT_THAT(given_up(), ElementsAre(deletion::unauthorized)) << "a, over its hour";
    now += hours(1) - seconds(1);
    EXPECT_THAT(given_up(), ElementsAre());
    now += seconds(1);
    EXPECT_THAT(given_up(), ElementsAre(deletion::unauthorized, deletion::unauthorized))
        << "of the trouble that kept them from being tried";
}

TEST_F(deletion_queue_test, a_token_ends_the_wait_for_one_and_no_other) {
    push("a");
    tried(deletion::no_token);
    queue.on_token();
    EXPECT_LE(queue.next_try(), now);
    for (const auto how : {deletion::unauthorized, deletion::failed, deletion::rate_limited}) {
        tried(how);
        queue.on_token();
        EXPECT_GT(queue.next_try(), now);
    }
}

TEST_F(deletion_queue_test, at_the_end_each_line_is_tried_five_times) {
    push("a");
    push("b");
    tried(deletion::failed);
    queue.hurry();
    for (unsigned i = 1; i < deletion_queue::most_attempts; ++i) {
        EXPECT_THAT(given_up(), ElementsAre());
        EXPECT_EQ(begin(), "a");
        tried(deletion::failed);
    }
    EXPECT_THAT(given_up(), ElementsAre(deletion::failed));
    EXPECT_EQ(begin(), "b");
    tried(deletion::failed);
    EXPECT_EQ(wait(), seconds(1)) << "its own patience, not that of the other";
}

TEST_F(deletion_queue_test, at_the_end_what_met_as_much_before_is_given_up) {
    push("a");
    push("b");
    for (unsigned i = 0; i < deletion_queue::most_attempts; ++i)
        tried(deletion::no_token);
    queue.hurry();
    EXPECT_THAT(given_up(), ElementsAre(deletion::no_token, deletion::no_token));
    EXPECT_EQ(queue.size(), 0U);
}

TEST_F(deletion_queue_test, a_line_that_is_gone_after_a_lost_answer_was_deleted_by_us) {
    push("a");
    tried(deletion::failed, true);
    EXPECT_FALSE(queue.forget("chan", "a")) << "it may be the echo of our own deletion";
    EXPECT_EQ(tried(deletion::gone), deletion::deleted);
    push("b");
    tried(deletion::failed);
    EXPECT_EQ(tried(deletion::gone), deletion::gone);
}

TEST_F(deletion_queue_test, what_somebody_else_deleted_is_forgotten_unless_it_is_under_way) {
    push("a");
    push("b");
    EXPECT_EQ(begin(), "a");
    EXPECT_FALSE(queue.forget("chan", "a"));
    EXPECT_FALSE(queue.forget("other", "b"));
    EXPECT_TRUE(queue.forget("chan", "b"));
    queue.abandon();
    EXPECT_EQ(queue.size(), 1U);
    EXPECT_TRUE(queue.forget("chan", "a"));
}

TEST_F(deletion_queue_test, a_channel_without_the_right_is_barred_for_a_minute) {
    push("a");
    EXPECT_EQ(tried(deletion::not_allowed), deletion::not_allowed);
    EXPECT_TRUE(queue.is_barred("chan", now));
    EXPECT_FALSE(queue.is_barred("other", now));
    now += seconds(30);
    push("b");
    EXPECT_EQ(tried(deletion::not_allowed), deletion::not_allowed) << "by the bar";
    now += seconds(30);
    EXPECT_FALSE(queue.is_barred("chan", now)) << "which that does not make longer";
}

}  // namespace
}  // namespace tiktok2twitch::twitch
