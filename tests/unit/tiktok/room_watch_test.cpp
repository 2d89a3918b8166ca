// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "unit/tiktok/room_watch_fixture.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;

TEST_F(room_watch_test, starts_with_the_api) {
    EXPECT_EQ(watch.state(), room_state::looking_up);
    EXPECT_EQ(next(), "api");
    EXPECT_EQ(next(), "api") << "asking again changes nothing";
}

TEST_F(room_watch_test, offline_account_is_asked_again_within_one_interval_for_ever) {
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(next(), "api");
        lookup(live_status::offline, 5);
        EXPECT_EQ(watch.state(), room_state::offline);
        EXPECT_EQ(watch.reason(), errc::offline);
        expect_poll_wait();
    }
}

TEST_F(room_watch_test, jitter_follows_the_seed) {
    const auto first_wait = [](std::uint64_t seed) {
        room_watch seeded(room_watch_options{seconds(30), false, seed});
        seeded.next(t0);
        seeded.on_lookup(t0, room_status{});
        return std::get<watch_action::wait>(seeded.next(t0)).until;
    };
    EXPECT_EQ(first_wait(1), first_wait(1));
    EXPECT_NE(first_wait(1), first_wait(2));
}

TEST_F(room_watch_test, live_and_paused_rooms_are_connected_to) {
    go_live();
    EXPECT_EQ(watch.state(), room_state::connected);
    EXPECT_FALSE(watch.reason());

    room_watch other(room_watch_options{});
    other.next(now);
    room_status paused;
    paused.status = live_status::paused;
    paused.room_id = 8;
    other.on_lookup(now, paused);
    EXPECT_EQ(std::visit(printer{}, other.next(now)), "connect 8");
    EXPECT_EQ(other.state(), room_state::connecting);
    other.on_connected();
    EXPECT_EQ(other.state(), room_state::paused);
}

TEST_F(room_watch_test, pause_and_resume_change_the_state_only) {
    go_live();
    watch.on_room_change(room_change::paused);
    EXPECT_EQ(watch.state(), room_state::paused);
    watch.on_room_change(room_change::resumed);
    EXPECT_EQ(watch.state(), room_state::connected);
}

TEST_F(room_watch_test, page_is_asked_when_the_api_does_not_answer_properly) {
    for (const core::error_code& error :
         {make_error_code(errc::lookup_blocked), make_error_code(errc::lookup_failed),
          make_error_code(errc::protocol_changed), make_error_code(errc::lookup_forbidden), refused}) {
        room_watch watch_one(room_watch_options{});
        watch_one.next(now);
        watch_one.on_lookup(now, error);
        EXPECT_EQ(std::visit(printer{}, watch_one.next(now)), "page") << error.message();
        room_status room;
        room.status = live_status::live;
        room.room_id = 9;
        watch_one.on_lookup(now, room);
        EXPECT_EQ(std::visit(printer{}, watch_one.next(now)), "connect 9");
    }
}

TEST_F(room_watch_test, both_ways_failing_is_unreachable_with_growing_waits_and_no_end) {
    core::duration previous{};
    for (int i = 0; i < 30; ++i) {
        ASSERT_EQ(next(), "api");
        lookup(errc::lookup_blocked);
        ASSERT_EQ(next(), "page");
        lookup(errc::protocol_changed);
        EXPECT_EQ(watch.state(), room_state::unreachable);
        EXPECT_EQ(watch.reason(), errc::lookup_blocked) << "what the api said";
        const core::duration waited = wait();
        if (i < 4) {
            EXPECT_GT(waited, previous);
        }
        EXPECT_GE(waited, seconds(4));
        EXPECT_LE(waited, seconds(300));
        previous = waited;
    }
    EXPECT_GE(previous, seconds(240));
}

TEST_F(room_watch_test, refused_lookup_waits_a_whole_poll_at_first) {
    next();
    lookup(errc::lookup_rate_limited);
    next();
    lookup(errc::lookup_blocked);
    expect_poll_wait();
}

TEST_F(room_watch_test, success_makes_the_next_failure_a_first_one) {
    for (int i = 0; i < 5; ++i) {
        next();
        lookup(refused);
        next();
        lookup(refused);
        wait();
    }
    next();
    lookup(live_status::offline, 0);
    wait();
    next();
    lookup(refused);
    next();
    lookup(refused);
    EXPECT_LE(wait(), seconds(5));
}

TEST_F(room_watch_test, age_restricted_room_is_asked_again_after_5_minutes) {
    next();
    lookup(errc::age_restricted);
    EXPECT_EQ(watch.state(), room_state::unreachable);
    EXPECT_EQ(watch.reason(), errc::age_restricted);
    EXPECT_EQ(wait(), std::chrono::minutes(5));
    EXPECT_EQ(next(), "api");
}

TEST_F(room_watch_test, missing_user_confirmed_by_the_page_is_hopeless) {
    next();
    lookup(errc::no_such_user);
    EXPECT_EQ(next(), "page");
    lookup(errc::no_such_user);
    EXPECT_EQ(watch.state(), room_state::hopeless);
    EXPECT_EQ(watch.reason(), errc::no_such_user);
    EXPECT_EQ(next(), "finish " + make_error_code(errc::no_such_user).message());
}

TEST_F(room_watch_test, an_account_that_was_there_is_not_given_up_for_one_round) {
    next();
    lookup(live_status::offline, 0);
    wait();
    next();
    lookup(errc::no_such_user);
    EXPECT_EQ(next(), "page");
    lookup(errc::no_such_user);
    EXPECT_EQ(watch.state(), room_state::unreachable);
}

TEST_F(room_watch_test, missing_user_is_believed_after_three_rounds_when_the_page_is_walled) {
    for (int round = 1; round < 3; ++round) {
        ASSERT_EQ(next(), "api");
        lookup(errc::no_such_user);
        ASSERT_EQ(next(), "page");
        lookup(errc::lookup_blocked);
        EXPECT_NE(watch.state(), room_state::hopeless);
        EXPECT_EQ(wait(), seconds(30));
    }
    next();
    lookup(errc::no_such_user);
    next();
    lookup(errc::lookup_blocked);
    EXPECT_EQ(watch.state(), room_state::hopeless);
}

TEST_F(room_watch_test, rounds_of_a_missing_user_count_only_in_a_row) {
    for (int i = 0; i < 2; ++i) {
        next();
        lookup(errc::no_such_user);
        next();
        lookup(errc::lookup_blocked);
        wait();
    }
    next();
    lookup(errc::lookup_blocked);
    next();
    lookup(errc::lookup_blocked);
    wait();
    next();
    lookup(errc::no_such_user);
    next();
    lookup(errc::lookup_blocked);
    EXPECT_NE(watch.state(), room_state::hopeless);
}

TEST_F(room_watch_test, page_alone_does_not_make_a_user_missing) {
    for (int i = 0; i < 10; ++i) {
        ASSERT_EQ(next(), "api");
        lookup(errc::lookup_blocked);
        ASSERT_EQ(next(), "page");
        lookup(errc::no_such_user);
        EXPECT_EQ(watch.state(), room_state::unreachable);
        wait();
    }
}

TEST_F(room_watch_test, user_known_to_the_page_is_not_missing) {
    next();
    lookup(errc::no_such_user);
    next();
    lookup(live_status::offline, 0);
    EXPECT_EQ(watch.state(), room_state::offline);
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
