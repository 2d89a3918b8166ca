// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <random>
#include <vector>

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
        room_watch_options options;
        options.seed = seed;
        room_watch seeded(options);
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
    other.on_connected(now);
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
          make_error_code(errc::protocol_changed), make_error_code(errc::lookup_forbidden)}) {
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

TEST_F(room_watch_test, page_is_not_asked_when_its_host_cannot_be_reached) {
    next();
    lookup(refused);
    EXPECT_EQ(watch.state(), room_state::unreachable);
    EXPECT_EQ(watch.reason(), refused);
    wait();
    EXPECT_EQ(next(), "api");
}

TEST_F(room_watch_test, an_anti_bot_wall_is_asked_less_and_less_often_and_for_ever) {
    core::duration previous{};
    for (int i = 0; i < 30; ++i) {
        ASSERT_EQ(next(), "api");
        lookup(errc::lookup_blocked);
        ASSERT_EQ(next(), "page");
        lookup(errc::protocol_changed);
        EXPECT_EQ(watch.state(), room_state::unreachable);
        EXPECT_EQ(watch.reason(), errc::lookup_blocked) << "what the api said";
        EXPECT_EQ(watch.report().next_try, std::get<watch_action::wait>(watch.next(now)).until);
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

// A web server in trouble, or a host that is away.
TEST_F(room_watch_test,
       failing_lookups_notice_the_end_of_a_short_spell_within_10_s_and_of_a_long_one_in_an_interval) {
    for (const bool answers : {true, false}) {
        watch = room_watch(how());
        const auto start = now;
        std::vector<core::duration> waits;
        while (now - start < std::chrono::minutes(30)) {
            ASSERT_EQ(next(), "api");
            if (answers) {
                lookup(errc::lookup_failed);
                ASSERT_EQ(next(), "page");
            }
            lookup(answers ? make_error_code(errc::lookup_failed) : refused);
            const bool short_spell = now - start < std::chrono::minutes(5);
            const auto waited = wait();
            EXPECT_LE(waited, short_spell ? seconds(8) : seconds(30));
            waits.push_back(waited);
        }
        EXPECT_LE(waits.front(), milliseconds(500));
        EXPECT_GE(waits.back(), seconds(24));
        EXPECT_LT(waits.size(), 150U);
    }
}

TEST_F(room_watch_test, time_that_a_lookup_took_is_part_of_the_wait) {
    for (int i = 0; i < 8; ++i) {
        ASSERT_EQ(next(), "api");
        const auto asked = now;
        now += seconds(8);  // swallowed
        lookup(refused);
        EXPECT_LE(wait(), milliseconds(500));
        EXPECT_LE(now - asked, seconds(9));
    }
}

TEST_F(room_watch_test, refused_lookup_waits_a_whole_poll_at_first) {
    next();
    lookup(errc::lookup_rate_limited);
    next();
    lookup(errc::lookup_blocked);
    expect_poll_wait();
}

TEST_F(room_watch_test, success_makes_the_next_failure_a_first_one) {
    for (int i = 0; i < 6; ++i) {
        next();
        lookup(refused);
        wait();
    }
    next();
    lookup(live_status::offline, 0);
    wait();
    next();
    lookup(refused);
    EXPECT_LE(wait(), milliseconds(500));
}

TEST_F(room_watch_test, age_restricted_room_is_asked_again_after_5_minutes) {
    next();
    lookup(errc::age_restricted);
    EXPECT_EQ(watch.state(), room_state::unreachable);
    EXPECT_EQ(watch.reason(), errc::age_restricted);
    EXPECT_EQ(wait(), std::chrono::minutes(5));
    EXPECT_EQ(next(), "api");
}

class room_watch_missing_test : public room_watch_test {
protected:
    void say_missing(errc page = errc::no_such_user) {
        ASSERT_EQ(next(), "api");
        lookup(errc::no_such_user);
        ASSERT_EQ(next(), "page");
        lookup(page);
    }
};

TEST_F(room_watch_missing_test,
       a_name_that_was_never_seen_is_said_at_once_and_asked_for_less_and_less_often) {
    std::vector<core::duration> waits;
    for (int round = 1; round <= 12; ++round) {
        say_missing(round % 2 == 0 ? errc::lookup_blocked : errc::no_such_user);
        EXPECT_EQ(watch.state(), room_state::missing);
        EXPECT_EQ(watch.reason(), errc::no_such_user);
        EXPECT_EQ(watch.report().missing_answers, round);
        EXPECT_TRUE(watch.report().next_try);
        waits.push_back(wait());
    }
    EXPECT_EQ(waits.front(), seconds(5));
    EXPECT_TRUE(std::is_sorted(waits.begin(), waits.end()));
    EXPECT_EQ(waits.back(), std::chrono::minutes(5));
}

TEST_F(room_watch_missing_test, a_name_that_turns_up_is_watched_like_any_other) {
    say_missing();
    wait();
    go_live();
    EXPECT_EQ(watch.state(), room_state::connected);
    EXPECT_EQ(watch.report().missing_answers, 0);
}

TEST_F(room_watch_missing_test, an_account_that_was_ever_seen_is_asked_for_as_ever) {
    next();
    lookup(live_status::offline, 0);
    wait();
    for (int round = 0; round < 100; ++round) {
        say_missing();
        EXPECT_EQ(watch.state(), room_state::unreachable);
        EXPECT_EQ(watch.reason(), errc::no_such_user);
        EXPECT_EQ(watch.report().missing_answers, 0);
        expect_poll_wait();
    }
    go_live();
}

TEST_F(room_watch_missing_test, so_is_one_that_an_earlier_process_has_seen) {
    watch = room_watch(how(false, true));
    say_missing();
    EXPECT_EQ(watch.state(), room_state::unreachable);
    expect_poll_wait();
}

TEST_F(room_watch_missing_test, another_answer_in_between_ends_the_row) {
    say_missing();
    wait();
    say_missing();
    EXPECT_EQ(watch.report().missing_answers, 2);
    wait();
    next();
    lookup(errc::lookup_failed);
    next();
    lookup(errc::lookup_failed);
    EXPECT_EQ(watch.report().missing_answers, 0);
    wait();
    say_missing();
    EXPECT_EQ(watch.report().missing_answers, 1);
}

TEST_F(room_watch_missing_test, nothing_that_lookups_say_is_ever_final) {
    std::mt19937_64 engine(3);
    for (const bool once : {false, true}) {
        watch = room_watch(how(once));
        for (int i = 0; i < 5'000; ++i) {
            const watch_step step = watch.next(now);
            ASSERT_FALSE(std::holds_alternative<watch_action::finish>(step)) << i;
            if (const auto* waiting = std::get_if<watch_action::wait>(&step)) {
                EXPECT_LE(waiting->until - now, std::chrono::minutes(5));
                now = waiting->until;
                continue;
            }
            constexpr errc answers[] = {errc::no_such_user,    errc::no_such_user,     errc::lookup_blocked,
                                        errc::lookup_failed,   errc::lookup_forbidden, errc::age_restricted,
                                        errc::protocol_changed};
            const auto which = engine() % 9;
            if (which < 7)
                lookup(answers[which]);
            else if (which == 7)
                lookup(refused);
            else
                lookup(live_status::offline, 5);
        }
    }
}

TEST_F(room_watch_test, an_account_with_another_name_says_so_until_it_has_not) {
    const auto answer = [&](const char* name) {
        room_status room;
        room.unique_id = name;
        next();
        watch.on_lookup(now, room);
        wait();
        return watch.report().renamed_to;
    };
    EXPECT_EQ(answer("Ann"), "") << "handles have no case";
    EXPECT_EQ(answer("ann.new"), "ann.new");
    EXPECT_EQ(answer(""), "") << "not told";
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
