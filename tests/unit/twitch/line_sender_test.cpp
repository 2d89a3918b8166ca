// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/sending/line_sender.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::seconds;

const core::time_point start{std::chrono::hours(1)};

struct line_sender_test : testing::Test {
    line_sender_test() {
        for (auto* ch : order) {
            ch->routes.insert(1);
            ch->silence.enter(now);
        }
        while (account.joins.next(seconds(10), now)) {
        }
        for (auto* ch : order) {
            account.joins.on_user_state(ch->name(), now);
            account.joins.on_room_state(ch->name(), now);
        }
        account.joins.take_ready(now);
    }
    void push(channel& ch, const std::string& text) {
        relay::line_part part;
        part.ticket = ++ticket;
        part.route = 1;
        part.label = "[T] ";
        part.body = text;
        part.received_at = now;
        ch.push(std::move(part), now);
    }
    // The channel and text of the line that goes now, which is accepted; "-": none.
    std::string said() {
        const auto line = sender.next(order, false, now);
        if (!line)
            return "-";
        sender.on_written(now);
        for (auto* ch : order)
            if (ch->box.in_flight()) {
                sender.on_accepted(*ch->box.in_flight());
                ch->box.accepted(now, account.book);
            }
        return line->channel + ": " + line->text;
    }

    account_parts account{options{}};
    core::time_point now = start;
    relay::event_ticket ticket = 0;
    channel ann{account, 1, "ann"};
    channel bob{account, 2, "bob"};
    std::vector<channel*> order{&ann, &bob};
    line_sender sender{account, {}, false, start};
};

TEST_F(line_sender_test, whoever_spoke_last_waits_for_the_others) {
    push(ann, "one");
    push(bob, "two");
    EXPECT_EQ(said(), "ann: [T] one");
    push(ann, "three");
    now += seconds(30);
    EXPECT_EQ(said(), "bob: [T] two");
    now += seconds(30);
    EXPECT_EQ(said(), "-");  // too old by now
    EXPECT_EQ(sender.counts(1).sent, 2u);
    EXPECT_EQ(sender.counts(1).accepted, 2u);
    EXPECT_EQ(sender.counts(2).sent, 0u);
}

TEST_F(line_sender_test, an_answer_goes_first_but_not_twice_in_a_row) {
    push(ann, "one");
    bob.answers.push("first", now);
    bob.answers.push("second", now);
    EXPECT_EQ(said(), "bob: first");
    now += seconds(3);
    EXPECT_EQ(said(), "ann: [T] one");
    EXPECT_EQ(said(), "bob: second");
    EXPECT_EQ(sender.counts(1).sent, 1u);  // answers carry no route
}

TEST_F(line_sender_test, a_channels_pace_is_kept_and_is_the_deadline) {
    EXPECT_EQ(sender.deadline(order, now), core::time_point::max());
    push(ann, "one");
    EXPECT_EQ(said(), "ann: [T] one");
    push(ann, "two");
    EXPECT_EQ(said(), "-");
    now = sender.deadline(order, now);
    EXPECT_EQ(now, start + account.settings.spacing_normal);
    EXPECT_EQ(said(), "ann: [T] two");
}

TEST_F(line_sender_test, a_line_that_was_not_said_waits_again_and_the_pace_is_as_before) {
    push(ann, "one");
    ASSERT_TRUE(sender.next(order, false, now));
    sender.on_written(now);
    EXPECT_EQ(sender.counts(1).sent, 1u);
    EXPECT_EQ(sender.on_not_said(), &ann);
    EXPECT_EQ(sender.on_not_said(), nullptr);
    EXPECT_EQ(sender.counts(1).sent, 0u);
    EXPECT_FALSE(ann.gate().written());
    EXPECT_EQ(said(), "ann: [T] one");
}

TEST_F(line_sender_test, somebody_elses_line_counts_and_holds_the_channels_next_one_up) {
    sender.on_foreign(&ann, tier::low, now);
    sender.on_foreign(nullptr, tier::low, now);
    EXPECT_EQ(sender.budget().status(now).normal.used, 2u);
    push(ann, "one");
    EXPECT_EQ(said(), "-");
    now += seconds(4);
    EXPECT_EQ(said(), "ann: [T] one");
}

}  // namespace
}  // namespace tiktok2twitch::twitch
