// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/room/live_doubt.hpp"

#include <gtest/gtest.h>

#include <random>

#include "tiktok2twitch/tiktok/error.hpp"
#include "unit/tiktok/support.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;
using step = live_doubt::step;

constexpr core::duration interval = seconds(30);

core::result<bool> unanswered() {
    return core::result<bool>(boost::system::in_place_error, make_error_code(errc::lookup_blocked));
}

class live_doubt_test : public ::testing::Test {
protected:
    // Silence until the next question is due.
    void be_silent() {
        ASSERT_EQ(doubt.next(now), step::listen);
        now = doubt.due();
        ASSERT_EQ(doubt.next(now), step::ask_lookup);
    }
    void lookup(live_status status, std::int64_t room = 7) {
        room_status out;
        out.status = status;
        out.room_id = room;
        doubt.on_lookup(now, out);
    }
    void lookup(errc error) { doubt.on_lookup(now, make_error_code(error)); }
    void alive(bool answer) { doubt.on_alive(now, answer); }

    core::time_point now = t0;
    live_doubt doubt{7, interval, t0};
};

TEST_F(live_doubt_test, an_interval_without_a_message_is_a_question_and_messages_put_it_off) {
    EXPECT_EQ(doubt.next(t0 + interval - milliseconds(1)), step::listen);
    doubt.on_messages(t0 + seconds(20), true);
    EXPECT_EQ(doubt.due(), t0 + seconds(20) + interval);
    EXPECT_EQ(doubt.next(t0 + seconds(50)), step::ask_lookup);
}

TEST_F(live_doubt_test, counters_alone_are_doubted_after_two_intervals) {
    for (int i = 1; i < 60; ++i) {
        now = t0 + seconds(i);
        doubt.on_messages(now, false);
        ASSERT_EQ(doubt.next(now), step::listen) << i;
    }
    EXPECT_EQ(doubt.next(t0 + seconds(60)), step::ask_lookup);
}

TEST_F(live_doubt_test, a_live_room_is_stayed_in) {
    be_silent();
    lookup(live_status::live);
    be_silent();
    lookup(live_status::paused);
    EXPECT_EQ(doubt.next(now), step::listen);
}

TEST_F(live_doubt_test, an_hour_of_silence_costs_one_question_an_interval) {
    int questions = 0;
    while (now < t0 + std::chrono::hours(1)) {
        be_silent();
        lookup(live_status::live);
        ++questions;
    }
    EXPECT_EQ(questions, 120);
}

TEST_F(live_doubt_test, a_new_room_is_gone_to_at_once) {
    be_silent();
    EXPECT_EQ(now, t0 + interval);
    lookup(live_status::live, 8);
    EXPECT_EQ(doubt.next(now), step::leave);
    ASSERT_TRUE(doubt.elsewhere());
    EXPECT_EQ(doubt.elsewhere()->room_id, 8);
}

TEST_F(live_doubt_test, silence_and_two_denials_are_an_end) {
    be_silent();
    lookup(live_status::offline);
    EXPECT_EQ(doubt.next(now), step::ask_alive);
    alive(false);
    EXPECT_EQ(doubt.next(now), step::leave);
    EXPECT_FALSE(doubt.elsewhere());
}

TEST_F(live_doubt_test, one_who_knows_better_is_believed) {
    be_silent();
    lookup(live_status::offline);
    alive(true);
    EXPECT_EQ(doubt.next(now), step::listen);
}

TEST_F(live_doubt_test, a_weak_denial_has_to_come_twice_in_a_row) {
    const auto weak = [&] {
        be_silent();
        lookup(errc::lookup_failed);
        alive(false);
    };
    weak();
    EXPECT_EQ(doubt.next(now), step::listen);
    be_silent();
    lookup(live_status::live);
    weak();
    EXPECT_EQ(doubt.next(now), step::listen) << "in a row";
    weak();
    EXPECT_EQ(doubt.next(now), step::leave);
}

TEST_F(live_doubt_test, an_offline_lookup_that_nobody_can_confirm_has_to_come_twice) {
    be_silent();
    lookup(live_status::offline);
    doubt.on_alive(now, unanswered());
    EXPECT_EQ(doubt.next(now), step::listen);
    be_silent();
    lookup(live_status::offline);
    doubt.on_alive(now, unanswered());
    EXPECT_EQ(doubt.next(now), step::leave);
}

TEST_F(live_doubt_test, no_answers_at_all_change_nothing) {
    for (int i = 0; i < 20; ++i) {
        be_silent();
        lookup(errc::lookup_blocked);
        doubt.on_alive(now, unanswered());
        EXPECT_EQ(doubt.next(now), step::listen);
    }
}

TEST_F(live_doubt_test, people_who_were_just_heard_outweigh_every_answer) {
    be_silent();
    doubt.on_messages(now, true);
    lookup(live_status::live, 8);
    EXPECT_EQ(doubt.next(now), step::listen);
    be_silent();
    lookup(live_status::offline);
    doubt.on_messages(now, true);
    alive(false);
    EXPECT_EQ(doubt.next(now), step::listen);
}

TEST_F(live_doubt_test, counters_that_go_on_make_two_denials_weak_ones) {
    now = t0 + seconds(59);
    doubt.on_messages(now, false);
    now = t0 + seconds(60);
    ASSERT_EQ(doubt.next(now), step::ask_lookup);
    lookup(live_status::offline);
    alive(false);
    EXPECT_EQ(doubt.next(now), step::listen);
}

// Whatever the answers are: a room with people in it is never left, and questions keep their distance.
TEST_F(live_doubt_test, random_answers_never_drive_us_out_of_a_room_with_people) {
    std::mt19937_64 engine(12);
    core::time_point asked = t0 - std::chrono::hours(1);
    for (int i = 0; i < 20'000; ++i) {
        now += milliseconds(engine() % 10'000);
        doubt.on_messages(now, engine() % 3 != 0);
        const auto which = doubt.next(now);
        ASSERT_NE(which, step::leave) << i;
        if (which == step::ask_lookup) {
            EXPECT_GE(now - asked, interval);
            asked = now;
            doubt.on_messages(now, true);
            lookup(engine() % 2 == 0 ? live_status::live : live_status::offline, 7 + engine() % 2);
        } else if (which == step::ask_alive) {
            alive(engine() % 2 == 0);
        }
    }
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
