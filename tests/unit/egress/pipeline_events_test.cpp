// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What a route carries, filters, holds and limits, and that every such event is in the books.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/policy.hpp"
#include "tiktok2twitch/egress/explain.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"
#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::egress {
namespace {

using relay::event_kind;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

const core::time_point start{std::chrono::hours(1)};

relay::event happening(event_kind kind, std::string text = "") {
    static std::int64_t next_id = 1;
    relay::event event;
    event.kind = kind;
    event.msg_id = next_id++;
    event.from.id = 5;
    event.from.unique_id = "ann.b";
    event.from.nickname = "Ann";
    event.text = std::move(text);
    event.received_at = start;
    return event;
}

relay::event rose(std::int64_t count, bool ended, std::int64_t coins = 1) {
    auto event = happening(event_kind::gift);
    event.gift = relay::gift{5655, "Rose", coins, count, 77, true, ended};
    return event;
}

class pipeline_events : public testing::Test {
protected:
    void open(const app::event_set& wanted = app::every_event) {
        route_ = books_.add_route("host", "chan", app::make_policy(settings_, "host", wanted));
    }
    std::vector<std::string> say(const relay::event& event, core::time_point now = start) {
        return texts(books_.on_event("host", event, now));
    }
    static std::vector<std::string> texts(const pipeline::parts& parts) {
        std::vector<std::string> lines;
        for (const auto& part : parts)
            lines.push_back(part.label + part.body);
        return lines;
    }
    const relay::ledger& ledger() const { return books_.routes().at(route_).ledger; }
    void expect_pending(std::size_t count) const { EXPECT_EQ(ledger().pending(), count); }

    app::config settings_ = app::default_config();
    pipeline books_;
    relay::route_id route_ = 0;
};

TEST_F(pipeline_events, a_gift_streak_is_one_event_said_at_its_end_before_chat) {
    open();
    EXPECT_THAT(say(rose(1, false)), IsEmpty());
    EXPECT_THAT(say(rose(2, false)), IsEmpty());
    EXPECT_EQ(ledger().received(), 0U);
    const auto parts = books_.on_event("host", rose(3, true), start);
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0].label + parts[0].body, "[TikTok] Ann sent 3x Rose (3 coins)");
    EXPECT_TRUE(parts[0].paid);
    EXPECT_GT(parts[0].priority,
              books_.on_event("host", happening(event_kind::chat, "hi"), start)[0].priority);
    EXPECT_EQ(ledger().received(), 2U);
}

TEST_F(pipeline_events, a_streak_without_an_end_is_said_after_its_silence) {
    open();
    say(rose(4, false));
    EXPECT_EQ(books_.deadline(), start + seconds(60));
    EXPECT_THAT(texts(books_.poll(start + seconds(59))), IsEmpty());
    EXPECT_THAT(texts(books_.poll(start + seconds(60))), ElementsAre("[TikTok] Ann sent 4x Rose (4 coins)"));
    EXPECT_EQ(books_.deadline(), core::time_point::max());
}

TEST_F(pipeline_events, the_end_says_what_streaks_have_come_to) {
    open();
    say(rose(4, false));
    EXPECT_THAT(texts(books_.finish(start)), ElementsAre("[TikTok] Ann sent 4x Rose (4 coins)"));
}

TEST_F(pipeline_events, a_gift_below_the_threshold_is_filtered_and_counted) {
    settings_.events.gift_min_coins = 10;
    open();
    EXPECT_THAT(say(rose(9, true)), IsEmpty());
    EXPECT_EQ(ledger().filtered().at("below_threshold"), 1U);
    EXPECT_EQ(say(rose(1, true, 10)).size(), 0U) << "the same streak is over";
    auto lion = happening(event_kind::gift);
    lion.gift = relay::gift{6000, "Lion", 10, 1, 78, false, true};
    EXPECT_EQ(say(lion).size(), 1U);
}

// Streaks that are told in parts, by their silence.
class streak_in_parts : public pipeline_events {
protected:
    void open_at(std::int64_t coins) {
        settings_.events.gift_min_coins = coins;
        open();
    }
    // What is said once the streak has been silent at `count`.
    std::vector<std::string> fall_silent(std::int64_t count, std::int64_t coins = 1) {
        now_ += seconds(1);
        EXPECT_THAT(say(rose(count, false, coins), now_), IsEmpty());
        now_ += seconds(60);
        return texts(books_.poll(now_));
    }
    std::vector<std::string> end(std::int64_t count, std::int64_t coins = 1) {
        return say(rose(count, true, coins), now_ += seconds(1));
    }
    core::time_point now_ = start;
};

TEST_F(streak_in_parts, the_rest_is_said_when_the_first_part_was_however_little_it_is_worth) {
    open_at(10);
    EXPECT_THAT(fall_silent(12), ElementsAre("[TikTok] Ann sent 12x Rose (12 coins)"));
    EXPECT_THAT(end(18), ElementsAre("[TikTok] Ann sent 6x Rose (6 coins)"));
    EXPECT_THAT(ledger().filtered(), IsEmpty());
}

TEST_F(streak_in_parts, what_was_below_the_threshold_is_said_with_what_passes_it) {
    open_at(10);
    EXPECT_THAT(fall_silent(4), IsEmpty());
    EXPECT_THAT(fall_silent(9), IsEmpty());
    EXPECT_THAT(fall_silent(12), ElementsAre("[TikTok] Ann sent 12x Rose (12 coins)"));
    EXPECT_THAT(end(13), ElementsAre("[TikTok] Ann sent 1x Rose (1 coin)"));
    EXPECT_EQ(ledger().received(), 4U);
    EXPECT_THAT(ledger().filtered(), ElementsAre(Pair("below_threshold", 2U)));
    expect_pending(2);
}

TEST_F(streak_in_parts, exactly_the_threshold_is_enough) {
    open_at(10);
    EXPECT_THAT(fall_silent(4), IsEmpty());
    EXPECT_THAT(end(10), ElementsAre("[TikTok] Ann sent 10x Rose (10 coins)"));
}

TEST_F(streak_in_parts, what_stays_below_the_threshold_is_explained_as_a_whole) {
    std::vector<std::string> lines;
    books_.set_explainer([&lines](const relay::event& event, const judgement& judgement) {
        if (judgement.what == judgement::kind::filtered)
            lines.push_back(explain_judgement(event, judgement));
    });
    open_at(10);
    EXPECT_THAT(fall_silent(4), IsEmpty());
    EXPECT_THAT(end(9), IsEmpty());
    EXPECT_THAT(lines, ElementsAre(HasSubstr("4x Rose (4 coins) [below_threshold"),
                                   HasSubstr("9x Rose (9 coins) [below_threshold")));
}

TEST_F(streak_in_parts, each_route_says_what_is_new_to_it) {
    open_at(10);
    settings_.events.gift_min_coins = 1;
    books_.add_route("host", "cheap", app::make_policy(settings_, "host"));
    settings_.events.gift_min_coins = 100;
    const auto dear = books_.add_route("host", "dear", app::make_policy(settings_, "host"));
    EXPECT_THAT(fall_silent(4), ElementsAre("[TikTok] Ann sent 4x Rose (4 coins)"));
    EXPECT_THAT(end(12),
                ElementsAre("[TikTok] Ann sent 12x Rose (12 coins)", "[TikTok] Ann sent 8x Rose (8 coins)"));
    EXPECT_THAT(books_.routes().at(dear).ledger.filtered(), ElementsAre(Pair("below_threshold", 2U)));
    EXPECT_EQ(books_.routes().at(dear).ledger.pending(), 0U);
}

TEST_F(streak_in_parts, unknown_prices_do_not_add_up) {
    open_at(2);
    EXPECT_THAT(fall_silent(4, 0), IsEmpty());
    EXPECT_THAT(end(12, 0), IsEmpty());
    EXPECT_EQ(ledger().filtered().at("below_threshold"), 2U);
}

TEST_F(pipeline_events, a_gift_of_unknown_price_is_worth_one_coin) {
    open();
    EXPECT_THAT(say(rose(3, true, 0)), ElementsAre("[TikTok] Ann sent 3x Rose"));
    settings_.events.gift_min_coins = 2;
    books_.replace_policy(route_, app::make_policy(settings_, "host"));
    auto other = rose(3, true, 0);
    other.gift->name = "";
    other.gift->id = 6001;
    EXPECT_THAT(say(other), IsEmpty());
    EXPECT_EQ(ledger().filtered().at("below_threshold"), 1U);
}

TEST_F(pipeline_events, kinds_that_are_off_are_not_asked_for) {
    open();
    EXPECT_THAT(say(happening(event_kind::share)), IsEmpty());
    EXPECT_THAT(say(happening(event_kind::join)), IsEmpty());
    EXPECT_EQ(ledger().received(), 0U);
}

TEST_F(pipeline_events, a_route_carries_only_what_it_wants) {
    app::event_set gifts;
    gifts[static_cast<std::size_t>(event_kind::gift)] = true;
    open(gifts);
    EXPECT_THAT(say(happening(event_kind::chat, "hi")), IsEmpty());
    EXPECT_EQ(say(rose(1, true)).size(), 1U);
    EXPECT_EQ(ledger().received(), 1U);
}

TEST_F(pipeline_events, one_line_too_many_of_a_kind_is_filtered) {
    settings_.events.of(event_kind::join) = {true, "[TikTok] {name} joined", 1};
    open();
    EXPECT_EQ(say(happening(event_kind::join)).size(), 1U);
    EXPECT_THAT(say(happening(event_kind::join), start + seconds(59)), IsEmpty());
    EXPECT_EQ(ledger().filtered().at("kind_limit"), 1U);
    EXPECT_EQ(say(happening(event_kind::join), start + seconds(60)).size(), 1U);
}

TEST_F(pipeline_events, likes_are_said_as_milestones) {
    settings_.events.of(event_kind::like) = {true, "[TikTok] {total_likes} likes", 0};
    settings_.events.like_every = 100;
    open();
    auto likes = happening(event_kind::like);
    likes.total_likes = 50;
    EXPECT_THAT(say(likes), IsEmpty());
    likes.total_likes = 101;
    EXPECT_THAT(say(likes), ElementsAre("[TikTok] 100 likes"));
}

TEST_F(pipeline_events, a_blocked_word_is_filtered_with_its_reason_and_marked) {
    settings_.filter.words = {"badword"};
    open();
    EXPECT_THAT(say(happening(event_kind::chat, "you b4dw0rd")), IsEmpty());
    EXPECT_EQ(ledger().filtered().at("blocked_word"), 1U);
    EXPECT_EQ(books_.take_marks().size(), 1U) << "it must not come back from history";
    expect_pending(0);
}

TEST_F(pipeline_events, links_are_defanged_unless_told_otherwise) {
    open();
    EXPECT_THAT(say(happening(event_kind::chat, "look at https://example.com/x")),
                ElementsAre(HasSubstr("example(dot)com")));
}

TEST_F(pipeline_events, a_moderators_word_holds_at_once_and_for_later_routes) {
    open();
    books_.set_blocked_words("chan", {"kumquat"});
    EXPECT_THAT(say(happening(event_kind::chat, "kumquat")), IsEmpty());
    const auto other = books_.add_route("host2", "chan", app::make_policy(settings_, "host2"));
    EXPECT_THAT(books_.on_event("host2", happening(event_kind::chat, "kumquat"), start), IsEmpty());
    EXPECT_EQ(books_.routes().at(other).ledger.filtered().at("blocked_word"), 1U);
    books_.replace_policy(route_, app::make_policy(settings_, "host"));
    EXPECT_THAT(say(happening(event_kind::chat, "kumquat")), IsEmpty()) << "also after a reload";
}

TEST_F(pipeline_events, the_first_message_of_a_new_user_waits_and_is_pending_meanwhile) {
    settings_.filter.hold_new_users = seconds(10);
    open();
    EXPECT_THAT(say(happening(event_kind::chat, "first")), IsEmpty());
    expect_pending(1);
    EXPECT_EQ(books_.held(route_), 1U);
    EXPECT_EQ(books_.deadline(), start + seconds(10));
    const auto parts = books_.poll(start + seconds(10));
    EXPECT_THAT(texts(parts), ElementsAre("[TikTok] Ann: first"));
    EXPECT_EQ(parts[0].received_at, start + seconds(10)) << "max_age counts from here";
    EXPECT_EQ(books_.held(route_), 0U);
    EXPECT_EQ(say(happening(event_kind::chat, "second"), start + seconds(11)).size(), 1U);
}

class held_message : public pipeline_events {
protected:
    held_message() {
        settings_.filter.words = {"maybe"};
        settings_.filter.words_action = relay::filter_action::hold;
        open();
        EXPECT_THAT(say(happening(event_kind::chat, "maybe")), IsEmpty());
        expect_pending(1);
    }
};

TEST_F(held_message, is_said_when_a_moderator_approves) {
    EXPECT_FALSE(books_.approve("other", 0, start));
    const auto part = books_.approve("chan", 0, start + seconds(3));
    ASSERT_TRUE(part);
    EXPECT_EQ(part->body, "Ann: maybe");
    EXPECT_THAT(books_.undecided("chan"), IsEmpty());
    expect_pending(1);
}

TEST_F(held_message, is_filtered_when_a_moderator_denies) {
    EXPECT_FALSE(books_.deny("chan", 2));
    EXPECT_TRUE(books_.deny("chan", 1));
    EXPECT_FALSE(books_.deny("chan", 1));
    EXPECT_EQ(ledger().filtered().at("denied"), 1U);
    expect_pending(0);
}

TEST_F(held_message, is_filtered_when_nobody_decides) {
    EXPECT_THAT(books_.poll(start + minutes(5)), IsEmpty());
    EXPECT_EQ(ledger().filtered().at("held_too_long"), 1U);
    expect_pending(0);
}

TEST_F(held_message, leaves_when_tiktok_removes_it) {
    const auto removed = books_.remove("host", {}, std::array<std::int64_t, 1>{5});
    books_.withdraw_held(removed, "deleted_on_tiktok");
    EXPECT_EQ(ledger().dropped().at("deleted_on_tiktok"), 1U);
    expect_pending(0);
}

TEST_F(pipeline_events, an_open_streak_of_a_removed_user_is_never_said) {
    open();
    say(rose(3, false));
    books_.forget_streaks("host", std::array<std::int64_t, 1>{5}, start);
    EXPECT_EQ(ledger().dropped().at("deleted_on_tiktok"), 1U);
    EXPECT_THAT(say(rose(4, true)), IsEmpty());
    expect_pending(0);
}

TEST_F(pipeline_events, an_open_streak_goes_with_the_last_route_of_its_room) {
    open();
    say(rose(3, false));
    books_.remove_route(route_);
    EXPECT_EQ(ledger().dropped().at("route_removed"), 1U);
    expect_pending(0);
}

TEST_F(pipeline_events, at_a_peaceful_end_new_users_are_heard) {
    settings_.filter.hold_new_users = seconds(60);
    open();
    say(happening(event_kind::chat, "first"));
    EXPECT_THAT(texts(books_.finish(start, true)), ElementsAre("[TikTok] Ann: first"));
}

TEST_F(held_message, goes_with_its_route) {
    books_.remove_route(route_);
    EXPECT_EQ(ledger().dropped().at("route_removed"), 1U);
    expect_pending(0);
}

TEST_F(held_message, may_come_again_from_history_after_a_shutdown) {
    books_.take_marks();
    books_.finish(start);
    EXPECT_EQ(ledger().dropped().at("shutdown"), 1U);
    EXPECT_THAT(books_.take_marks(), IsEmpty());
}

TEST_F(pipeline_events, every_decision_is_explained_with_its_rule) {
    settings_.filter.words = {"badword"};
    open();
    std::vector<std::string> lines;
    books_.set_explainer([&lines](const relay::event& event, const judgement& judgement) {
        lines.push_back(explain_judgement(event, judgement));
    });
    say(happening(event_kind::chat, "hello"));
    say(happening(event_kind::chat, "badword\x1b[2J"));
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0], "said     chat of @ann.b \"hello\" -> \"[TikTok] Ann: hello\"");
    EXPECT_THAT(lines[1], HasSubstr("filtered chat of @ann.b \"badword"));
    EXPECT_THAT(lines[1], HasSubstr("blocked_word"));
    EXPECT_THAT(lines[1], HasSubstr("badword"));
    EXPECT_EQ(lines[1].find('\x1b'), std::string::npos);
}

TEST_F(pipeline_events, bracket_codes_are_what_they_say_to_the_filters) {
    settings_.emoji = {{"rose", "e"}, {"x", "@"}, {"twice", "[rose]"}};
    settings_.filter.words = {"kumquat"};
    settings_.filter.min_length = 2;
    open();
    EXPECT_THAT(say(happening(event_kind::chat, "see evil[rose].com")),
                ElementsAre("[TikTok] Ann: see evile(dot)com"));
    EXPECT_THAT(say(happening(event_kind::question, "see evil[rose].com")),
                ElementsAre("[TikTok] Ann asks: see evile(dot)com"));
    EXPECT_THAT(say(happening(event_kind::chat, "[x]bob [laugh] [nope]")),
                ElementsAre("[TikTok] Ann: ＠bob 😆 [nope]"));
    std::string many;
    for (int i = 0; i < 40; ++i)
        many += "[cool]";
    EXPECT_THAT(say(happening(event_kind::chat, many)), ElementsAre("[TikTok] Ann: 😎😎😎😎😎😎😎😎😎😎😎😎"));
    EXPECT_THAT(say(happening(event_kind::chat, "evil[twice].com")),
                ElementsAre("[TikTok] Ann: evil[rose].com"))
        << "codes are expanded once";
    EXPECT_THAT(say(happening(event_kind::chat, "[laugh]")), IsEmpty()) << "it says one character";
}

TEST_F(pipeline_events, what_was_masked_or_defanged_is_counted_once_per_reason) {
    settings_.filter.words = {"badword"};
    settings_.filter.words_action = relay::filter_action::mask;
    open();
    say(happening(event_kind::chat, "badword badword https://example.com"));
    say(happening(event_kind::chat, "https://example.com"));
    say(happening(event_kind::chat, "hello"));
    EXPECT_THAT(ledger().changed(), ElementsAre(Pair("blocked_word", 1U), Pair("link", 2U)));
    EXPECT_THAT(ledger().held(), IsEmpty());
    EXPECT_THAT(ledger().filtered(), IsEmpty());
    expect_pending(3);
}

TEST_F(held_message, is_counted_with_what_it_was_held_for_however_it_ends) {
    EXPECT_THAT(ledger().held(), ElementsAre(Pair("blocked_word", 1U)));
    books_.deny("chan", 0);
    EXPECT_THAT(ledger().held(), ElementsAre(Pair("blocked_word", 1U)));
    EXPECT_THAT(ledger().filtered(), ElementsAre(Pair("denied", 1U)));
    expect_pending(0);
}

class explained : public pipeline_events {
protected:
    explained() {
        books_.set_explainer([this](const relay::event& event, const judgement& judgement) {
            lines_.push_back(explain_judgement(event, judgement));
        });
        settings_.filter.words = {"maybe"};
        settings_.filter.words_action = relay::filter_action::hold;
        open();
    }
    relay::event_ticket ticket_of(const std::string& text) {
        return books_.on_event("host", happening(event_kind::chat, text), start).at(0).ticket;
    }
    std::vector<std::string> lines_;
};

TEST_F(explained, what_was_held_has_a_line_for_its_end) {
    say(happening(event_kind::chat, "maybe 1"));
    say(happening(event_kind::chat, "maybe 2"));
    say(happening(event_kind::chat, "maybe 3"));
    say(happening(event_kind::chat, "maybe 4"));
    lines_.clear();
    books_.approve("chan", 1, start);
    books_.deny("chan", 2);
    books_.poll(start + minutes(5));
    EXPECT_THAT(lines_, ElementsAre("released chat of @ann.b \"maybe 1\" [approved: a Twitch moderator "
                                    "approved it; held for blocked_word]",
                                    "filtered chat of @ann.b \"maybe 2\" [denied: held, and a Twitch "
                                    "moderator denied it; held for blocked_word]",
                                    HasSubstr("\"maybe 3\" [held_too_long: "), HasSubstr("\"maybe 4\"")));
}

TEST_F(explained, what_time_releases_has_a_line) {
    settings_.filter.hold_new_users = seconds(10);
    books_.replace_policy(route_, app::make_policy(settings_, "host"));
    say(happening(event_kind::chat, "first"));
    books_.poll(start + seconds(10));
    auto other = happening(event_kind::chat, "of another");
    other.from.id = 6;
    say(other, start + seconds(10));
    books_.finish(start + seconds(11), true);
    EXPECT_THAT(lines_, ElementsAre(HasSubstr("held     chat"),
                                    "released chat of @ann.b \"first\" [held for new_user]",
                                    HasSubstr("held     chat"), HasSubstr("released chat")));
}

TEST_F(explained, what_was_to_be_said_has_a_line_only_when_it_was_not) {
    const auto said = ticket_of("one");
    const auto late = ticket_of("two");
    const auto folded = ticket_of("three");
    lines_.clear();
    books_.on_settled({said, route_, relay::outcome::relayed, ""});
    books_.on_settled({late, route_, relay::outcome::dropped, "queue_full"});
    books_.on_settled({folded, route_, relay::outcome::folded, ""});
    EXPECT_THAT(lines_, ElementsAre("dropped  chat of @ann.b \"two\" [queue_full: more messages arrived than "
                                    "the backlog holds]",
                                    "folded   chat of @ann.b \"three\""));
}

TEST_F(explained, an_open_streak_that_is_removed_has_a_line) {
    say(rose(3, false));
    books_.forget_streaks("host", std::array<std::int64_t, 1>{5}, start);
    EXPECT_THAT(lines_,
                ElementsAre("gathered gift of @ann.b 3x Rose (3 coins)",
                            "dropped  gift of @ann.b 3x Rose (3 coins) [deleted_on_tiktok: removed by "
                            "TikTok's moderators before it was said]"));
}

TEST_F(explained, what_nobody_did_is_nobodys) {
    auto viewers = happening(event_kind::viewers);
    viewers.from = {};
    EXPECT_EQ(explain_judgement(viewers, {}), "said     viewers");
    viewers.from.id = 7;
    EXPECT_EQ(explain_judgement(viewers, {}), "said     viewers of user 7");
}

TEST_F(explained, limits_are_told_with_their_numbers) {
    settings_.events.gift_min_coins = 10;
    settings_.events.of(event_kind::follow).per_minute = 1;
    books_.replace_policy(route_, app::make_policy(settings_, "host"));
    say(rose(4, true));
    say(rose(4, true, 0));
    say(happening(event_kind::follow));
    say(happening(event_kind::follow));
    EXPECT_THAT(
        lines_,
        ElementsAre(testing::AllOf(HasSubstr("gift of @ann.b 4x Rose (4 coins) [below_threshold"),
                                   HasSubstr("; event.gift.min_coins 10]")),
                    HasSubstr("gathered"), HasSubstr("said"), HasSubstr("; event.follow.per_minute 1]")));
}

TEST_F(pipeline_events, name_and_text_are_judged_as_the_line_they_make) {
    settings_.filter.words = {"kill yourself"};
    open();
    auto said = happening(event_kind::chat, "yourself");
    said.from.nickname = "kill";
    EXPECT_THAT(say(said), IsEmpty());
    EXPECT_EQ(ledger().filtered().at("blocked_word"), 1U);
    expect_pending(0);
}

TEST_F(pipeline_events, a_template_makes_no_link_of_name_and_text) {
    settings_.events.of(event_kind::chat).line_template = "[T] {name}.{text}";
    open();
    auto said = happening(event_kind::chat, "com/x is good");
    said.from.nickname = "evil";
    EXPECT_THAT(say(said), ElementsAre("[T] evil\u00b7com/x is good"));
}

TEST_F(pipeline_events, a_handle_counts_where_a_line_of_that_kind_shows_it) {
    settings_.filter.words = {"gook"};
    settings_.events.of(event_kind::follow).line_template = "[T] {name} ({unique_id}) follows";
    settings_.events.of(event_kind::follow).per_minute = 0;
    open();
    const auto line_of = [this](event_kind kind, const char* nickname, const char* handle) {
        auto said = happening(kind, "hi");
        said.from.nickname = nickname;
        said.from.unique_id = handle;
        return say(said);
    };
    EXPECT_THAT(line_of(event_kind::chat, "Maria", "maria.one"), ElementsAre("[TikTok] Maria: hi"));
    EXPECT_THAT(line_of(event_kind::chat, "Bob", "go.ok"), ElementsAre("[TikTok] Bob: hi"));
    EXPECT_THAT(ledger().changed(), IsEmpty());
    EXPECT_THAT(ledger().filtered(), IsEmpty());
    EXPECT_THAT(line_of(event_kind::follow, "Maria", "maria.one"),
                ElementsAre("[T] Maria (maria\u00b7one) follows"));
    EXPECT_THAT(line_of(event_kind::chat, "", "maria.one"), ElementsAre("[TikTok] maria\u00b7one: hi"));
    EXPECT_THAT(ledger().changed(), ElementsAre(Pair("link", 2U)));
    EXPECT_THAT(line_of(event_kind::follow, "Bob", "go.ok"), IsEmpty());
    EXPECT_THAT(line_of(event_kind::chat, "", "go.ok"), IsEmpty());
    EXPECT_EQ(ledger().filtered().at("blocked_name"), 2U);
}

TEST_F(pipeline_events, who_is_asked_for_in_chat_is_known_by_a_handle_that_may_be_said) {
    settings_.filter.words = {"gook"};
    open();
    std::vector<std::pair<std::string, std::string>> handles;
    books_.set_observer([&handles](const std::string&, const relay::author& from, const shown_author& shown) {
        handles.emplace_back(from.unique_id, shown.handle);
    });
    auto said = happening(event_kind::chat, "hi");
    say(said);
    said.from.unique_id = "go.ok";
    say(said);
    EXPECT_THAT(handles, ElementsAre(Pair("ann.b", "ann.b"), Pair("go.ok", "")));
}

TEST_F(pipeline_events, no_name_wears_a_badge) {
    settings_.events.of(event_kind::chat).line_template = "[T] {badges}{name}: {text}";
    settings_.filter.words = {"kill"};
    open();
    const auto line_of = [this](const char* nickname) {
        auto said = happening(event_kind::chat, "hi");
        said.from.nickname = nickname;
        return say(said);
    };
    EXPECT_THAT(line_of("[streamer] Ann"), ElementsAre("[T] Ann: hi"));
    EXPECT_THAT(line_of("[streamer]"), ElementsAre("[T] ann.b: hi"));
    EXPECT_THAT(line_of("ki[mod]ll"), IsEmpty()) << "what is left is judged";
    EXPECT_THAT(line_of("evil[mod].com"), ElementsAre("[T] evil\u00b7com: hi"));
    EXPECT_THAT(line_of("[x://streamer]"), ElementsAre("[T] ann.b: hi"))
        << "what is taken apart makes none either";
    settings_.filter.words = {"ann"};
    books_.replace_policy(route_, app::make_policy(settings_, "host"));
    EXPECT_THAT(line_of("[x://streamer]"), IsEmpty()) << "the handle would be shown";
    EXPECT_THAT(line_of("Bob"), ElementsAre("[T] Bob: hi"));
}

}  // namespace
}  // namespace tiktok2twitch::egress
