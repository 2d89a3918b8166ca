// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// New rules for what is under way already, and the order of what one viewer writes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/policy.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"

namespace tiktok2twitch::egress {
namespace {

using relay::filter_action;
using relay::outcome;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

const core::time_point start{std::chrono::hours(1)};

class pipeline_again : public testing::Test {
protected:
    void open() { route_ = books_.add_route("host", "chan", test::policy("host", settings_)); }
    void reload() { books_.replace_policy(route_, test::policy("host", settings_)); }

    pipeline::parts say(const std::string& text, std::int64_t author = 5, core::time_point now = start) {
        relay::event event;
        event.msg_id = ++msg_id_;
        event.from.id = author;
        event.from.unique_id = "user" + std::to_string(author);
        event.from.nickname = "V" + std::to_string(author);
        event.text = text;
        event.received_at = now;
        return books_.on_event("host", event, now);
    }
    static std::vector<std::string> bodies(const pipeline::parts& parts) {
        std::vector<std::string> out;
        for (const auto& part : parts)
            out.push_back(part.body);
        return out;
    }
    void settle(relay::event_ticket ticket, outcome result, const std::string& reason) {
        books_.on_settled({ticket, route_, result, reason});
    }
    const relay::ledger& ledger() const { return books_.routes().at(route_).ledger; }

    app::config settings_ = app::default_config();
    pipeline books_;
    relay::route_id route_ = 0;
    std::int64_t msg_id_ = 0;
};

TEST_F(pipeline_again, a_blocked_word_takes_back_what_waits_as_filtered) {
    open();
    const auto kept = say("apple")[0].ticket;
    const auto gone = say("a kumquat", 6)[0].ticket;
    books_.set_blocked_words("chan", {"kumquat"});
    EXPECT_THAT(books_.judge_again("other", start).withdrawn, IsEmpty());
    const auto found = books_.judge_again("chan", start);
    EXPECT_THAT(found.withdrawn, ElementsAre(Pair("blocked_word", UnorderedElementsAre(gone))));
    EXPECT_THAT(found.revised, IsEmpty());
    settle(gone, outcome::dropped, "blocked_word");
    settle(kept, outcome::dropped, "expired");
    EXPECT_EQ(ledger().filtered().at("blocked_word"), 1U);
    EXPECT_EQ(ledger().dropped().at("expired"), 1U);
}

TEST_F(pipeline_again, what_ended_in_another_way_meanwhile_is_booked_as_it_ended) {
    open();
    const auto said = say("kumquat")[0].ticket;
    const auto late = say("kumquat", 6)[0].ticket;
    books_.set_blocked_words("chan", {"kumquat"});
    books_.judge_again("chan", start);
    settle(said, outcome::relayed, "");
    settle(late, outcome::dropped, "expired");
    EXPECT_EQ(ledger().relayed(), 1U);
    EXPECT_EQ(ledger().dropped().at("expired"), 1U);
    EXPECT_THAT(ledger().filtered(), IsEmpty());
}

TEST_F(pipeline_again, names_patterns_and_users_of_a_reload_count_as_well) {
    open();
    const auto by_pattern = say("call 55555")[0].ticket;
    const auto by_user = say("hi", 66)[0].ticket;
    const auto by_name = say("hi", 77)[0].ticket;
    settings_.filter.patterns = {"\\d{5,}"};
    settings_.filter.blocked_users = {"@user66"};
    settings_.filter.words = {"V77"};
    reload();
    const auto found = books_.judge_again("chan", start);
    EXPECT_THAT(found.withdrawn,
                UnorderedElementsAre(Pair("blocked_pattern", UnorderedElementsAre(by_pattern)),
                                     Pair("blocked_user", UnorderedElementsAre(by_user)),
                                     Pair("blocked_name", UnorderedElementsAre(by_name))));
}

TEST_F(pipeline_again, rates_are_not_counted_twice) {
    settings_.filter.per_user = {2, minutes(1)};
    open();
    say("one");
    for (int i = 0; i < 5; ++i)
        EXPECT_THAT(books_.judge_again("chan", start).withdrawn, IsEmpty());
    EXPECT_EQ(say("two").size(), 1U);
}

TEST_F(pipeline_again, what_is_masked_by_now_gets_other_words_under_its_ticket) {
    settings_.filter.words_action = filter_action::mask;
    open();
    const auto first = say("a kumquat")[0];
    say("apple");
    books_.set_blocked_words("chan", {"kumquat"});
    const auto found = books_.judge_again("chan", start);
    EXPECT_THAT(found.withdrawn, IsEmpty());
    ASSERT_EQ(found.revised.size(), 1U);
    EXPECT_EQ(found.revised[0].ticket, first.ticket);
    EXPECT_EQ(found.revised[0].body, "V5: a *******");
    EXPECT_EQ(found.revised[0].text, "a *******");
    EXPECT_THAT(books_.judge_again("chan", start).revised, IsEmpty()) << "once is enough";
    EXPECT_THAT(ledger().changed(), ElementsAre(Pair("blocked_word", 1U)));
}

TEST_F(pipeline_again, what_a_moderator_is_to_see_by_now_is_held_once_it_is_taken_back) {
    settings_.filter.words_action = filter_action::hold;
    open();
    const auto ticket = say("a kumquat")[0].ticket;
    books_.set_blocked_words("chan", {"kumquat"});
    const auto found = books_.judge_again("chan", start + seconds(1));
    EXPECT_THAT(found.withdrawn, ElementsAre(Pair(pipeline::held_again, UnorderedElementsAre(ticket))));
    EXPECT_EQ(books_.held(route_), 0U);
    EXPECT_THAT(ledger().held(), IsEmpty());
    settle(ticket, outcome::dropped, std::string(pipeline::held_again));
    EXPECT_EQ(books_.held(route_), 1U);
    EXPECT_THAT(ledger().held(), ElementsAre(Pair("blocked_word", 1U)));
    EXPECT_EQ(ledger().pending(), 1U);
    EXPECT_EQ(books_.deadline(), start + seconds(1) + settings_.filter.hold_for);
    const auto part = books_.approve("chan", 0, start + seconds(5));
    ASSERT_TRUE(part);
    EXPECT_EQ(part->body, "V5: a kumquat");
    EXPECT_THAT(books_.judge_again("chan", start).withdrawn, IsEmpty()) << "a moderator has agreed to it";
    settings_.filter.words_action = filter_action::drop;
    reload();
    EXPECT_EQ(books_.judge_again("chan", start).withdrawn.count("blocked_word"), 1U) << "to that nobody has";
}

TEST_F(pipeline_again, what_is_blocked_before_it_could_be_held_is_filtered) {
    settings_.filter.words_action = filter_action::hold;
    open();
    const auto ticket = say("a kumquat")[0].ticket;
    books_.set_blocked_words("chan", {"kumquat"});
    books_.judge_again("chan", start);
    settings_.filter.words_action = filter_action::drop;
    reload();
    books_.judge_again("chan", start);
    settle(ticket, outcome::dropped, std::string(pipeline::held_again));  // the line was refused only now
    EXPECT_EQ(books_.held(route_), 0U);
    EXPECT_EQ(ledger().filtered().at("blocked_word"), 1U);
}

TEST_F(pipeline_again, what_is_held_is_filtered_masked_or_left_to_a_moderator_in_its_place) {
    settings_.filter.hold_new_users = seconds(10);
    open();
    EXPECT_THAT(say("a kumquat"), IsEmpty());
    EXPECT_THAT(say("a durian", 6), IsEmpty());
    EXPECT_THAT(say("a melon", 7), IsEmpty());
    books_.set_blocked_words("chan", {"kumquat"});
    EXPECT_THAT(books_.judge_again("chan", start).withdrawn, IsEmpty());
    EXPECT_EQ(ledger().filtered().at("blocked_word"), 1U);
    settings_.filter.words_action = filter_action::mask;
    settings_.filter.words = {"durian"};
    reload();
    EXPECT_THAT(books_.judge_again("chan", start).revised, IsEmpty()) << "it is not the account's";
    settings_.filter.words_action = filter_action::hold;
    settings_.filter.words = {"melon"};
    reload();
    books_.judge_again("chan", start + seconds(1));
    EXPECT_EQ(ledger().pending(), 2U);
    EXPECT_THAT(bodies(books_.poll(start + seconds(10))), ElementsAre("V6: a ******"));
    EXPECT_EQ(books_.held(route_), 1U);
    EXPECT_EQ(books_.deadline(), start + seconds(1) + settings_.filter.hold_for);
}

TEST_F(pipeline_again, enormous_messages_are_judged_by_what_can_be_said_of_them) {
    open();
    std::string text;
    for (int i = 0; i < 20'000; ++i)
        text += "ab ";
    const auto ticket = say("kumquat " + text + " durian")[0].ticket;
    EXPECT_THAT(books_.judge_again("chan", start).revised, IsEmpty());
    books_.set_blocked_words("chan", {"durian"});
    EXPECT_THAT(books_.judge_again("chan", start).withdrawn, IsEmpty()) << "nobody would have read it";
    books_.set_blocked_words("chan", {"kumquat"});
    EXPECT_THAT(books_.judge_again("chan", start).withdrawn.at("blocked_word"), UnorderedElementsAre(ticket));
}

TEST_F(pipeline_again, a_handle_that_a_waiting_line_shows_escapes_no_new_rule) {
    auto& layout = settings_.events.of(relay::event_kind::chat).line_template;
    const auto hidden = layout;
    layout = "[T] {name} ({unique_id}): {text}";
    open();
    EXPECT_THAT(bodies(say("hi")), ElementsAre("V5 (user5): hi"));
    layout = hidden;
    reload();
    EXPECT_THAT(books_.judge_again("chan", start).revised, IsEmpty());
    books_.set_blocked_words("chan", {"user5"});
    const auto found = books_.judge_again("chan", start);
    EXPECT_THAT(found.withdrawn, IsEmpty());
    EXPECT_THAT(bodies(found.revised), ElementsAre("V5: hi"));
    EXPECT_THAT(ledger().changed(), IsEmpty());
}

TEST_F(pipeline_again, a_handle_counts_once_a_template_shows_it) {
    books_.set_blocked_words("chan", {"user5"});
    open();
    const auto ticket = say("hi")[0].ticket;
    EXPECT_THAT(bodies(say("hi", 6)), ElementsAre("V6: hi"));
    books_.set_blocked_words("chan", {"user5", "user6"});
    const auto found = books_.judge_again("chan", start);
    EXPECT_THAT(found.withdrawn, IsEmpty());
    EXPECT_THAT(found.revised, IsEmpty()) << "nothing to be seen of it";
    books_.set_blocked_words("chan", {"user5"});
    settings_.events.of(relay::event_kind::chat).line_template = "[T] {unique_id}: {text}";
    reload();
    EXPECT_THAT(books_.judge_again("chan", start).withdrawn,
                ElementsAre(Pair("blocked_name", UnorderedElementsAre(ticket))));
}

TEST_F(pipeline_again, what_a_new_user_writes_next_waits_behind_the_first) {
    settings_.filter.hold_new_users = seconds(10);
    open();
    EXPECT_THAT(say("first"), IsEmpty());
    EXPECT_THAT(say("second", 5, start + seconds(4)), IsEmpty());
    EXPECT_THAT(say("somebody else", 6, start + seconds(4)), IsEmpty());
    EXPECT_EQ(books_.deadline(), start + seconds(10));
    EXPECT_THAT(bodies(books_.poll(start + seconds(10))), ElementsAre("V5: first", "V5: second"));
    EXPECT_THAT(bodies(say("third", 5, start + seconds(10))), ElementsAre("V5: third"));
    EXPECT_EQ(ledger().received(), 4U);
}

TEST_F(pipeline_again, a_gift_and_the_streamers_words_wait_behind_nothing) {
    settings_.filter.hold_new_users = seconds(10);
    open();
    say("first");
    relay::event gift;
    gift.kind = relay::event_kind::gift;
    gift.from.id = 5;
    gift.gift = relay::gift{5655, "Rose", 1, 1, 77, false, true};
    EXPECT_EQ(books_.on_event("host", gift, start).size(), 1U);
}

TEST_F(pipeline_again, nothing_overtakes_a_first_message_that_is_still_held) {
    settings_.filter.hold_new_users = seconds(10);
    open();
    say("first");
    say("second");
    EXPECT_FALSE(books_.approve("chan", 1, start)) << "time alone releases it: it has no number";
    EXPECT_THAT(say("third"), IsEmpty());
    EXPECT_THAT(bodies(books_.poll(start + seconds(10))),
                ElementsAre("V5: first", "V5: second", "V5: third"));
}

TEST_F(pipeline_again, bracket_codes_are_not_expanded_a_second_time) {
    settings_.emoji = {{"rose", "e"}, {"twice", "[rose]"}};
    settings_.filter.words_action = filter_action::mask;
    open();
    EXPECT_THAT(bodies(say("a kumquat [rose] [twice] evil[rose].com")),
                ElementsAre("V5: a kumquat e [rose] evile(dot)com"));
    books_.set_blocked_words("chan", {"kumquat"});
    EXPECT_THAT(bodies(books_.judge_again("chan", start).revised),
                ElementsAre("V5: a ******* e [rose] evile(dot)com"));
}

}  // namespace
}  // namespace tiktok2twitch::egress
