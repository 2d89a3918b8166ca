// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Lines that were surely not said: account::on_not_said().

#include <gmock/gmock.h>

#include "unit/twitch/account_moderation.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

// The next line does not leave; `meanwhile` happens before that is known.
void next_line_stays(
    account_driver& d, std::function<void()> meanwhile = [] {}) {
    d.leaves = [&d, meanwhile = std::move(meanwhile)](const auto&) {
        const auto then = meanwhile;
        d.leaves = [](const auto&) {
            return true;
        };
        then();
        return false;
    };
}

TEST(account_not_said, it_goes_with_the_next_connection_whatever_the_rank) {
    for (const char* rank : {"badges=;mod=0", "badges=moderator/1;mod=1", "badges=broadcaster/1;mod=0"}) {
        account_driver d;
        d.rank_tags["chan"] = rank;
        d.get_ready();
        next_line_stays(d, [&] { d.acc.on_written(d.now); });
        d.push(1, "one");
        d.run_for(seconds(5));
        EXPECT_THAT(texts(d), ElementsAre("[T] one")) << rank;
        EXPECT_EQ(d.relayed(), 1U) << rank;
        EXPECT_EQ(d.acc.lines_sent(1), 1U) << rank;
    }
}

TEST(account_not_said, it_is_packed_anew_ahead_of_what_came_since) {
    account_driver d;
    d.get_ready();
    next_line_stays(d, [&] { d.push(1, "two"); });
    d.push(1, "one");
    d.run_for(seconds(5));
    EXPECT_THAT(texts(d), ElementsAre("[T] one \u2503 two"));
    EXPECT_EQ(d.relayed(), 2U);
}

TEST(account_not_said, it_expires_like_everything_that_waits) {
    account_driver d;
    d.get_ready();
    d.reconnects = false;
    next_line_stays(d);
    d.push(1, "one");
    d.run_for(seconds(59));
    EXPECT_EQ(d.acc.pending(1), 1U);
    d.run_for(seconds(2));
    d.run_for(seconds(1));
    EXPECT_EQ(d.dropped("expired"), 1U);
    EXPECT_EQ(d.acc.pending(1), 0U);
}

TEST(account_not_said, what_was_taken_back_or_reworded_meanwhile_is_not_said_as_it_was) {
    account_driver d;
    d.get_ready();
    d.push(1, "zero");
    d.run_for(milliseconds(100));
    next_line_stays(d, [&] {
        const auto first = [](relay::event_ticket ticket) {
            return ticket == 2;
        };
        EXPECT_EQ(d.acc.withdraw(first, "deleted_on_tiktok", d.now), 0U);
        relay::line_part other;
        other.ticket = 3;
        other.route = 1;
        other.label = "[T] ";
        other.body = "reworded";
        d.acc.revise({other}, d.now);
    });
    d.push(1, "one");
    d.push(1, "two");
    d.run_for(seconds(5));
    EXPECT_THAT(texts(d), ElementsAre("[T] zero", "[T] reworded"));
    EXPECT_EQ(d.dropped("deleted_on_tiktok"), 1U);
    EXPECT_EQ(d.relayed(), 2U);
}

TEST(account_not_said, it_does_not_come_back_to_a_route_that_went_meanwhile) {
    account_driver d;
    d.acc.add_route(2, "chan", d.now);
    d.get_ready();
    next_line_stays(d, [&] { d.acc.remove_route(1, d.now); });
    d.push(1, "one");
    d.push(2, "two");
    d.run_for(seconds(5));
    EXPECT_THAT(texts(d), ElementsAre("[T] two"));
    EXPECT_EQ(d.dropped("route_removed"), 1U);
    next_line_stays(d, [&] { d.acc.remove_route(2, d.now); });
    d.push(2, "three");
    d.run_for(seconds(5));
    EXPECT_EQ(d.lines.size(), 1U);
    EXPECT_EQ(d.acc.pending(2), 0U);
}

TEST(account_not_said, its_slot_in_the_budget_stays_taken) {
    account_driver d;
    d.get_ready();
    next_line_stays(d);
    d.push(1, "one");
    d.run_for(seconds(5));
    EXPECT_EQ(d.lines.size(), 1U);
    EXPECT_EQ(d.acc.budget(d.now).normal.used, 2U);
}

TEST(account_not_said, it_holds_up_no_line_for_slow_modes_sake) {
    account_driver d;
    d.room_tags = "emote-only=0;followers-only=-1;r9k=0;slow=60;subs-only=0";
    d.get_ready();
    d.acc.set_slow("chan", seconds(60));
    next_line_stays(d);
    d.push(1, "one");
    d.run_for(seconds(5));
    EXPECT_EQ(d.relayed(), 1U);
    d.push(1, "two");
    d.run_for(seconds(50));
    EXPECT_EQ(d.lines.size(), 1U);
}

TEST(account_not_said, the_note_about_what_is_missing_is_said_with_the_next_line) {
    options settings;
    settings.backlog = 1;
    account_driver d(settings);
    d.get_ready();
    next_line_stays(d);
    d.push(1, "one");
    d.push(1, "two");
    d.run_for(seconds(5));
    EXPECT_EQ(d.dropped("queue_full"), 1U);
    EXPECT_THAT(texts(d), ElementsAre("[T] two \u2503 \u2026 +1 more"));
}

TEST(account_not_said, an_answer_waits_as_long_as_any_answer) {
    for (const int away : {5, 40}) {
        account_driver d;
        d.get_ready();
        next_line_stays(d, [&] { d.reconnects = false; });
        d.acc.answer("chan", "paused", d.now);
        d.run_for(seconds(away));
        d.reconnects = true;
        d.run_for(seconds(5));
        EXPECT_EQ(d.lines.size(), away < 30 ? 1U : 0U);
    }
}

TEST(account_not_said, a_line_that_may_have_been_said_before_stays_as_it_is_and_in_doubt) {
    for (const bool taken_back : {false, true}) {
        auto d = with_line_in_flight();
        d.disconnect();
        next_line_stays(d, [&] {
            d.push(1, "second");
            if (taken_back)
                d.acc.withdraw([](relay::event_ticket ticket) { return ticket == 1; }, "deleted", d.now);
        });
        d.answer = [&](const auto& sent) {
            return d.accept(sent.line.channel);
        };
        d.run_for(seconds(10));
        EXPECT_EQ(d.dropped("unknown"), taken_back ? 1U : 0U);
        EXPECT_EQ(texts(d).size(), taken_back ? 2U : 3U);
        EXPECT_EQ(texts(d).back(), "[T] second");
        EXPECT_EQ(texts(d).at(d.lines.size() - 2), "[T] first");
    }
}

TEST(account_not_said, means_nothing_when_no_line_is_in_flight) {
    account_driver d;
    d.acc.on_not_said();
    d.get_ready();
    d.push(1, "one");
    d.run_for(seconds(1));
    d.acc.on_not_said();
    EXPECT_EQ(d.acc.lines_sent(1), 1U);
    EXPECT_EQ(d.acc.pending(1), 0U);
    EXPECT_THAT(d.settled, testing::SizeIs(1));
    EXPECT_THAT(d.closes, IsEmpty());
}

}  // namespace
}  // namespace tiktok2twitch::twitch
