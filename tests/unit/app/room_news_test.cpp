// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/room_news.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using tiktok::room_state;

const core::time_point t0 = core::time_point{} + std::chrono::hours(1000);

class room_news_test : public testing::Test {
protected:
    std::vector<log_line> say(room_state state, core::error_code reason = {}, core::duration wait = {}) {
        report.state = state;
        report.reason = reason;
        report.next_try = wait > core::duration::zero() ? std::optional(now + wait) : std::nullopt;
        return news.take(report, now);
    }

    tiktok::room_report report;
    room_news news;
    core::time_point now = t0;
};

TEST_F(room_news_test, each_state_is_said_once) {
    EXPECT_THAT(say(room_state::offline), SizeIs(1));
    EXPECT_THAT(say(room_state::offline), IsEmpty());
    EXPECT_THAT(say(room_state::connected), SizeIs(1));
}

TEST_F(room_news_test, a_failure_names_its_cause_and_the_wait) {
    const auto lines = say(room_state::connecting, tiktok::errc::closed, milliseconds(340));
    ASSERT_THAT(lines, SizeIs(1));
    EXPECT_THAT(lines[0].text, AllOf(HasSubstr("the connection ended"), HasSubstr("(closed)"),
                                     HasSubstr("Trying again in 0.4 s.")));
    EXPECT_EQ(lines[0].level, core::log_level::info);
}

TEST_F(room_news_test, a_growing_wait_is_named_each_time_and_a_steady_one_now_and_then) {
    say(room_state::unreachable, tiktok::errc::handshake_failed, seconds(1));
    for (const int wait : {2, 4, 8}) {
        now += seconds(wait / 2);
        const auto lines = say(room_state::unreachable, tiktok::errc::handshake_failed, seconds(wait));
        ASSERT_THAT(lines, SizeIs(1)) << wait;
        EXPECT_THAT(lines[0].text, HasSubstr("trying again in " + std::to_string(wait) + " s"));
        EXPECT_EQ(lines[0].level, core::log_level::warning);
    }
    int said = 0;
    const auto start = now;
    while (now < start + std::chrono::hours(8)) {
        now += seconds(8);
        said +=
            static_cast<int>(say(room_state::unreachable, tiktok::errc::handshake_failed, seconds(8)).size());
    }
    EXPECT_GE(said, 45);
    EXPECT_LE(said, 60);
}

TEST_F(room_news_test, what_comes_back_says_how_long_it_was_away) {
    say(room_state::connected);
    say(room_state::connecting, tiktok::errc::closed, milliseconds(300));
    now += seconds(2);
    say(room_state::unreachable, tiktok::errc::handshake_failed, seconds(1));
    now += minutes(12);
    EXPECT_THAT(say(room_state::connected)[0].text, HasSubstr("could not be read for 12 min"));
    say(room_state::connecting, tiktok::errc::closed, milliseconds(300));
    now += seconds(2);
    EXPECT_THAT(say(room_state::connected)[0].text, Not(HasSubstr("could not be read")));
    now += minutes(5);
    say(room_state::unreachable, tiktok::errc::lookup_failed, seconds(1));
    now += minutes(3);
    EXPECT_THAT(say(room_state::offline)[0].text, HasSubstr("could not be read for 3 min"));
    now += minutes(30);
    EXPECT_THAT(say(room_state::connected)[0].text, Not(HasSubstr("could not be read")));
}

TEST_F(room_news_test, a_name_that_nobody_knows_is_one_error_line) {
    auto lines = say(room_state::missing, tiktok::errc::no_such_user, seconds(5));
    ASSERT_THAT(lines, SizeIs(1));
    EXPECT_EQ(lines[0].level, core::log_level::error);
    EXPECT_THAT(lines[0].text, AllOf(HasSubstr("no_such_user"), HasSubstr("spelling"),
                                     HasSubstr("every 5 min"), HasSubstr("Trying again in 5 s.")));
    for (const int wait : {10, 20, 40, 80, 160, 300, 300}) {
        now += seconds(wait);
        EXPECT_THAT(say(room_state::missing, tiktok::errc::no_such_user, seconds(wait)), IsEmpty());
    }
}

TEST_F(room_news_test, of_an_account_that_was_there_before_it_is_said_that_tiktok_errs) {
    const auto lines = say(room_state::unreachable, tiktok::errc::no_such_user, seconds(30));
    ASSERT_THAT(lines, SizeIs(1));
    EXPECT_THAT(lines[0].text,
                AllOf(HasSubstr("was there before"), HasSubstr("new handle"), Not(HasSubstr("spelling"))));
}

TEST_F(room_news_test, the_hint_about_comments_is_said_once_in_a_live_and_shown_until_one_comes) {
    say(room_state::connected);
    report.no_comments = true;
    EXPECT_THAT(say(room_state::connected), SizeIs(1));
    EXPECT_THAT(room_hint(report), HasSubstr("no comment"));
    EXPECT_THAT(say(room_state::connected), IsEmpty());
    report.no_comments = false;
    EXPECT_THAT(say(room_state::connected), IsEmpty());
    EXPECT_EQ(room_hint(report), "");
    report.no_comments = true;
    EXPECT_THAT(say(room_state::connected), IsEmpty());
    report.no_comments = false;
    say(room_state::ended);
    say(room_state::connected);
    report.no_comments = true;
    EXPECT_THAT(say(room_state::connected), SizeIs(1)) << "another live";
}

TEST_F(room_news_test, a_new_handle_is_said_once) {
    report.renamed_to = "ann.new";
    const auto lines = say(room_state::offline);
    ASSERT_THAT(lines, SizeIs(2));
    EXPECT_THAT(lines[1].text, HasSubstr("@ann.new"));
    EXPECT_THAT(say(room_state::connected), SizeIs(1));
}

TEST_F(room_news_test, polls_are_no_failures_and_their_waits_not_named) {
    EXPECT_THAT(say(room_state::offline, tiktok::errc::offline)[0].text, Not(HasSubstr("rying again in")));
}

TEST_F(room_news_test, a_live_lasts_over_reconnects_and_takes_its_viewers_with_it) {
    relay::event viewers;
    viewers.kind = relay::event_kind::viewers;
    viewers.viewers = 340;
    say(room_state::connected);
    news.on_event(viewers, now);
    now += minutes(1);
    say(room_state::connecting, tiktok::errc::closed, seconds(4));
    now += seconds(1);
    auto facts = news.facts(now);
    EXPECT_EQ(facts.state, room_state::connecting);
    EXPECT_EQ(facts.since, seconds(1));
    EXPECT_EQ(facts.live_for, minutes(1) + seconds(1));
    EXPECT_EQ(facts.viewers, 340);
    EXPECT_EQ(facts.next_try, seconds(3));
    EXPECT_EQ(facts.last_message, std::nullopt);
    say(room_state::ended);
    facts = news.facts(now);
    EXPECT_EQ(facts.live_for, std::nullopt);
    EXPECT_EQ(facts.viewers, std::nullopt);
}

TEST_F(room_news_test, the_last_message_is_the_last_comment) {
    relay::event event;
    event.kind = relay::event_kind::like;
    say(room_state::connected);
    news.on_event(event, now);
    EXPECT_EQ(news.facts(now).last_message, std::nullopt);
    event.kind = relay::event_kind::chat;
    news.on_event(event, now);
    EXPECT_EQ(news.facts(now + seconds(5)).last_message, seconds(5));
}

}  // namespace
}  // namespace tiktok2twitch::app
