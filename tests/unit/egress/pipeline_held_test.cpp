// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What is held, over a restart and for who decides.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/policy.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"

namespace tiktok2twitch::egress {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

const core::time_point start{hours(1)};
constexpr core::unix_ms wall = 1'800'000'000'000;

relay::event comment(const std::string& text, std::int64_t msg_id, const std::string& nickname = "Ann") {
    relay::event event;
    event.msg_id = msg_id;
    event.from.id = 5;
    event.from.unique_id = "ann.b";
    event.from.nickname = nickname;
    event.text = text;
    event.received_at = start;
    return event;
}

class pipeline_held : public testing::Test {
protected:
    pipeline_held() {
        settings_.filter.words = {"maybe"};
        settings_.filter.words_action = relay::filter_action::hold;
        settings_.filter.hold_for = minutes(5);
        open(books_);
    }
    void open(pipeline& books) const { books.add_route("host", "chan", test::policy("host", settings_)); }
    relay::kept_messages kept(core::time_point now = start) {
        auto out = books_.held_for_later(now, wall, true);
        books_.mark_kept(out);
        return out;
    }
    static const relay::ledger& ledger(const pipeline& books) { return books.routes().at(1).ledger; }

    app::config settings_ = app::default_config();
    pipeline books_;
};

TEST_F(pipeline_held, the_next_process_has_it_with_its_number_for_the_rest_of_its_time) {
    books_.on_event("host", comment("maybe 1", 11), start);
    books_.on_event("host", comment("maybe 2", 12), start);
    ASSERT_TRUE(books_.deny("chan", 1));
    books_.take_marks();
    const auto state = kept(start + minutes(2));
    EXPECT_EQ(state.last_number, 2U);
    const auto marks = books_.take_marks();
    ASSERT_EQ(marks.size(), 1U) << "the room's history must not bring it again";
    EXPECT_EQ(marks[0].msg_id, 12);
    books_.finish(start + minutes(2), false, true);
    EXPECT_EQ(ledger(books_).pending(), 1U) << "neither lost nor said";

    pipeline next;
    open(next);
    const auto now = start + hours(9);  // another boot: only the wall clock goes on
    const auto found = next.restore_held(state, now, wall + 60'000);
    EXPECT_EQ(found.held, 1U);
    EXPECT_EQ(ledger(next).received(), 1U);
    EXPECT_THAT(next.undecided("chan"), ElementsAre(2U));
    EXPECT_EQ(next.deadline(), now + minutes(2));
    next.on_event("host", comment("maybe 3", 13), now);
    EXPECT_THAT(next.undecided("chan"), ElementsAre(2U, 3U));
    const auto part = next.approve("chan", 2, now + seconds(1));
    ASSERT_TRUE(part);
    EXPECT_EQ(part->body, "Ann: maybe 2");
    next.on_settled({part->ticket, part->route, relay::outcome::relayed, ""});
    EXPECT_EQ(ledger(next).relayed(), 1U);
    EXPECT_THAT(next.take_marks(), IsEmpty()) << "marked already";
}

TEST_F(pipeline_held, whose_time_went_by_meanwhile_is_counted_and_not_said) {
    books_.on_event("host", comment("maybe 1", 11), start);
    const auto state = kept();
    pipeline next;
    open(next);
    const auto found = next.restore_held(state, start, wall + 300'000);
    EXPECT_EQ(found.too_late, 1U);
    EXPECT_THAT(ledger(next).filtered(), ElementsAre(Pair("held_too_long", 1U)));
    EXPECT_EQ(next.open_tickets(), 0U);
}

TEST_F(pipeline_held, a_wall_clock_that_went_back_makes_nothing_wait_longer) {
    books_.on_event("host", comment("maybe 1", 11), start);
    const auto state = kept();
    pipeline next;
    open(next);
    next.restore_held(state, start, wall - 86'400'000);
    EXPECT_EQ(next.deadline(), start + minutes(5));
}

TEST_F(pipeline_held, a_new_users_message_is_kept_only_by_an_end_and_has_no_number) {
    settings_.filter.hold_new_users = seconds(30);
    pipeline books;
    open(books);
    EXPECT_THAT(books.on_event("host", comment("hello", 21), start), IsEmpty());
    EXPECT_THAT(books.held_for_later(start, wall, false).held, IsEmpty());
    const auto state = books.held_for_later(start, wall, true);
    ASSERT_EQ(state.held.size(), 1U);
    EXPECT_EQ(state.held[0].number, 0U);
    pipeline next;
    open(next);
    next.restore_held(state, start, wall + 10'000);
    const auto said = next.poll(start + seconds(20));
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0].body, "Ann: hello");
    pipeline late;
    open(late);
    late.restore_held(state, start, wall + 30'000);
    EXPECT_THAT(ledger(late).dropped(), ElementsAre(Pair("expired", 1U)));
}

TEST_F(pipeline_held, rules_of_the_next_process_count_and_routes_may_be_gone) {
    books_.on_event("host", comment("maybe bad", 11), start);
    const auto state = kept();
    settings_.filter.words = {"bad"};
    settings_.filter.words_action = relay::filter_action::drop;
    pipeline next;
    open(next);
    EXPECT_EQ(next.restore_held(state, start, wall).held, 1U);
    next.judge_again("chan", start);
    EXPECT_THAT(ledger(next).filtered(), ElementsAre(Pair("blocked_word", 1U)));
    EXPECT_THAT(next.undecided("chan"), IsEmpty());

    pipeline other;
    other.add_route("host", "elsewhere", test::policy("host", settings_));
    EXPECT_EQ(other.restore_held(state, start, wall).without_route, 1U);
    EXPECT_EQ(other.last_number(), 1U) << "its number is not given again";
}

TEST_F(pipeline_held, who_decides_sees_the_line_and_chat_only_names_that_are_fit) {
    books_.on_event("host", comment("maybe", 11, "Ann"), start);
    books_.on_event("host", comment("hi", 12, "Maybe Mandy"), start);
    const auto held = books_.held_messages(start + minutes(1));
    ASSERT_EQ(held.size(), 2U);
    EXPECT_EQ(held[0].number, 1U);
    EXPECT_EQ(held[0].name, "Ann");
    EXPECT_EQ(held[0].author, "ann.b");
    EXPECT_EQ(held[0].line, "[TikTok] Ann: maybe");
    EXPECT_EQ(held[0].reason, "blocked_word");
    EXPECT_EQ(held[0].left, minutes(4));
    EXPECT_EQ(held[1].reason, "blocked_name");
    EXPECT_EQ(held[1].name, "");
    EXPECT_THAT(books_.held_messages(start, "other"), IsEmpty());
    EXPECT_EQ(books_.channel_of_held(2), "chan");
}

}  // namespace
}  // namespace tiktok2twitch::egress
