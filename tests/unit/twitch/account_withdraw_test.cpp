// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "tiktok2twitch/core/text.hpp"
#include "unit/twitch/account_moderation.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using tickets = std::vector<relay::event_ticket>;

std::function<bool(relay::event_ticket)> one_of(tickets wanted) {
    return [wanted = std::move(wanted)](relay::event_ticket ticket) {
        return std::find(wanted.begin(), wanted.end(), ticket) != wanted.end();
    };
}

std::size_t withdraw(account_driver& d, tickets wanted, const std::string& reason = "deleted_on_tiktok") {
    const auto count = d.acc.withdraw(one_of(std::move(wanted)), reason, d.now);
    d.collect();
    return count;
}

TEST(account_withdraw, what_waits_is_settled_and_never_sent) {
    auto d = with_line_in_flight();
    d.push(1, "second");
    d.push(1, "third");
    EXPECT_EQ(withdraw(d, {2, 77}), 1U);
    EXPECT_EQ(d.dropped("deleted_on_tiktok"), 1U);
    EXPECT_EQ(d.settled.at(0).ticket, 2U);
    EXPECT_EQ(d.acc.pending(1), 2U);
    d.say(d.accept("chan"));
    d.run_for(seconds(5));
    EXPECT_THAT(texts(d), ElementsAre("[T] first", "[T] third"));
}

TEST(account_withdraw, what_is_in_flight_stays) {
    auto d = with_line_in_flight();
    EXPECT_EQ(withdraw(d, {1}), 0U);
    EXPECT_THAT(d.settled, IsEmpty());
    d.say(d.accept("chan"));
    EXPECT_EQ(d.relayed(), 1U);
}

TEST(account_withdraw, a_refused_line_does_not_bring_back_what_was_taken_out) {
    for (const std::string refusal : {"msg_ratelimit", "msg_rejected_mandatory"}) {
        auto d = with_line_in_flight();
        d.push(1, "second");
        d.push(1, "third");
        d.say(d.accept("chan"));
        d.run_for(seconds(2));
        ASSERT_EQ(texts(d).back(), "[T] second \u2503 third");
        EXPECT_EQ(withdraw(d, {2}), 0U);
        EXPECT_EQ(d.dropped("deleted_on_tiktok"), 0U);
        d.answer = [&](const auto& sent) {
            return d.accept(sent.line.channel);
        };
        d.say(account_driver::refuse("chan", refusal));
        EXPECT_EQ(d.dropped("deleted_on_tiktok"), 1U);
        d.run_for(seconds(10));
        EXPECT_EQ(texts(d).back(), "[T] third") << refusal;
        EXPECT_EQ(d.relayed(), 2U);
    }
}

TEST(account_withdraw, a_line_whose_fate_is_unknown_is_not_sent_again_with_it) {
    for (const bool before_the_cut : {true, false}) {
        auto d = with_line_in_flight();
        if (before_the_cut)
            withdraw(d, {1});
        d.disconnect();
        if (!before_the_cut) {
            EXPECT_EQ(withdraw(d, {1}), 0U) << "it may have been said";
        }
        EXPECT_EQ(d.dropped("unknown"), 1U);
        d.run_for(seconds(10));
        EXPECT_EQ(d.lines.size(), 1U);
    }
}

TEST(account_withdraw, a_folded_message_leaves_the_fold) {
    auto d = with_line_in_flight();
    d.push_said(1, "Ann", "GG", 11);
    d.push_said(1, "Bob", "GG", 12);
    d.push_said(1, "Cy", "GG", 13);
    EXPECT_EQ(withdraw(d, {3}), 1U);
    d.say(d.accept("chan"));
    d.run_for(seconds(2));
    EXPECT_EQ(texts(d).back(), "[T] GG \u00d72 (Ann, Cy)");
}

TEST(account_withdraw, the_next_of_a_fold_speaks_for_it_when_the_first_is_gone) {
    auto d = with_line_in_flight();
    d.push_said(1, "Ann", "GG", 11);
    d.push_said(1, "Bob", "GG", 12);
    d.push_said(1, "Cy", "GG", 13);
    EXPECT_EQ(withdraw(d, {2}), 1U);
    EXPECT_EQ(d.settled.at(0).ticket, 2U);
    EXPECT_EQ(withdraw(d, {3}), 1U);
    EXPECT_EQ(d.acc.pending(1), 2U);
    d.say(d.accept("chan"));
    d.run_for(seconds(2));
    EXPECT_EQ(texts(d).back(), "[T] Cy: GG");
    d.say(d.accept("chan"));
    EXPECT_EQ(d.settled.back().ticket, 4U);
    EXPECT_EQ(d.settled.back().result, relay::outcome::relayed);
}

TEST(account_withdraw, a_whole_fold_can_go) {
    auto d = with_line_in_flight();
    d.push_said(1, "Ann", "GG", 11);
    d.push_said(1, "Bob", "GG", 12);
    EXPECT_EQ(withdraw(d, {2, 3}), 2U);
    EXPECT_EQ(d.dropped("deleted_on_tiktok"), 2U);
    EXPECT_EQ(d.acc.pending(1), 1U);
}

TEST(account_withdraw, each_of_a_refused_line_is_settled_for_its_own_reason) {
    auto d = with_line_in_flight();
    d.push(1, "second");
    d.push(1, "third");
    d.say(d.accept("chan"));
    d.run_for(seconds(2));
    ASSERT_EQ(texts(d).back(), "[T] second \u2503 third");
    withdraw(d, {2}, "blocked_word");
    withdraw(d, {3}, "muted_user");
    d.say(account_driver::refuse("chan", "msg_ratelimit"));
    EXPECT_EQ(d.dropped("blocked_word"), 1U);
    EXPECT_EQ(d.dropped("muted_user"), 1U);
    EXPECT_EQ(d.acc.pending(1), 0U);
}

relay::line_part saying(relay::event_ticket ticket, const std::string& name, const std::string& text) {
    relay::line_part part;
    part.ticket = ticket;
    part.route = 1;
    part.name = name;
    part.text = text;
    part.body = name + ": " + text;
    part.fold_key = core::fold_key(text);
    return part;
}

TEST(account_revise, what_waits_is_said_in_its_turn_in_other_words) {
    auto d = with_line_in_flight();
    d.push_said(1, "Ann", "so bad", 11);
    d.push_said(1, "Bob", "fine", 12);
    d.acc.revise({saying(2, "Ann", "so ***"), saying(99, "Eve", "not waiting")}, d.now);
    d.collect();
    EXPECT_THAT(d.settled, IsEmpty());
    d.say(d.accept("chan"));
    d.run_for(seconds(2));
    EXPECT_EQ(texts(d).back(), "[T] Ann: so *** \u2503 Bob: fine");
}

TEST(account_revise, a_name_in_a_fold_is_another_one) {
    auto d = with_line_in_flight();
    d.push_said(1, "Ann", "GG", 11);
    d.push_said(1, "Bad", "GG", 12);
    d.acc.revise({saying(3, "***", "GG")}, d.now);
    d.say(d.accept("chan"));
    d.run_for(seconds(2));
    EXPECT_EQ(texts(d).back(), "[T] GG \u00d72 (Ann, ***)");
}

TEST(account_revise, what_is_in_flight_stays_but_does_not_come_back_as_it_was) {
    auto d = with_line_in_flight();
    d.push_said(1, "Ann", "so bad", 11);
    d.say(d.accept("chan"));
    d.run_for(seconds(2));
    ASSERT_EQ(texts(d).back(), "[T] Ann: so bad");
    d.acc.revise({saying(2, "Ann", "so ***")}, d.now);
    d.say(account_driver::refuse("chan", "msg_ratelimit"));
    d.run_for(seconds(10));
    EXPECT_EQ(texts(d).back(), "[T] Ann: so ***");
}

TEST(account_revise, a_line_whose_fate_is_unknown_is_not_sent_again_in_the_old_words) {
    for (const bool before_the_cut : {true, false}) {
        auto d = with_line_in_flight();
        const auto lines = d.lines.size();
        if (before_the_cut)
            d.acc.revise({saying(1, "Ann", "other")}, d.now);
        d.disconnect();
        if (!before_the_cut)
            d.acc.revise({saying(1, "Ann", "other")}, d.now);
        d.collect();
        EXPECT_EQ(d.dropped("unknown"), 1U);
        d.run_for(seconds(10));
        EXPECT_EQ(d.lines.size(), lines);
    }
}

}  // namespace
}  // namespace tiktok2twitch::twitch
