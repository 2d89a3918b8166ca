// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "unit/tiktok/room_watch_fixture.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;

using room_watch_reconnect_test = room_watch_test;

TEST_F(room_watch_reconnect_test, ended_live_is_followed_by_a_wait_for_a_new_room) {
    go_live(7);
    watch.on_room_change(room_change::ended);
    end(errc::live_ended, seconds(600));
    EXPECT_EQ(watch.state(), room_state::ended);
    EXPECT_EQ(watch.reason(), errc::live_ended);
    expect_poll_wait();
    EXPECT_EQ(next(), "api");
    lookup(live_status::offline, 7);
    expect_poll_wait();
    EXPECT_EQ(next(), "api");
    lookup(live_status::live, 8);
    EXPECT_EQ(next(), "connect 8");
}

TEST_F(room_watch_reconnect_test, suspension_has_its_own_reason) {
    go_live();
    watch.on_room_change(room_change::suspended);
    end(errc::closed, seconds(1));
    EXPECT_EQ(watch.reason(), errc::live_suspended);
}

TEST_F(room_watch_reconnect_test, room_that_ended_is_connected_again_only_when_it_is_alive) {
    go_live(7);
    watch.on_room_change(room_change::ended);
    end(errc::live_ended, seconds(600));
    wait();
    next();
    lookup(live_status::live, 7);
    EXPECT_EQ(next(), "alive 7");
    alive(false);
    expect_poll_wait();
    next();
    lookup(live_status::live, 7);
    EXPECT_EQ(next(), "alive 7");
    alive_error(errc::lookup_blocked);
    expect_poll_wait();
    next();
    lookup(live_status::live, 7);
    next();
    alive(true);
    EXPECT_EQ(next(), "connect 7");
    EXPECT_EQ(watch.state(), room_state::connecting);
}

TEST_F(room_watch_reconnect_test, a_return_that_nobody_can_confirm_is_believed_in_the_end) {
    go_live(7);
    watch.on_room_change(room_change::ended);
    end(errc::live_ended, seconds(600));
    for (int i = 0; i < 3; ++i) {
        wait();
        ASSERT_EQ(next(), "api");
        lookup(live_status::live, 7);
        ASSERT_EQ(next(), "alive 7");
        alive_error(errc::lookup_blocked);
    }
    EXPECT_EQ(next(), "connect 7");
}

TEST_F(room_watch_reconnect_test, healthy_end_reconnects_within_half_a_second_without_asking) {
    go_live();
    for (int i = 0; i < 5; ++i) {
        now += seconds(299);
        watch.on_messages(now, true);
        end(errc::closed, seconds(1));
        EXPECT_EQ(watch.state(), room_state::connecting);
        EXPECT_EQ(watch.reason(), errc::closed);
        EXPECT_EQ(watch.report().next_try, std::get<watch_action::wait>(watch.next(now)).until);
        EXPECT_LE(wait(), milliseconds(500));
        EXPECT_EQ(next(), "connect 7");
        watch.on_connected(now);
        EXPECT_EQ(watch.state(), room_state::connected);
        EXPECT_FALSE(watch.report().next_try);
    }
}

TEST_F(room_watch_reconnect_test, identity_is_replaced_as_the_reconnect_rules_say) {
    go_live();
    end(errc::device_blocked, {});
    wait();
    EXPECT_EQ(next(), "connect 7 fresh");
    watch.on_connected(now);
    watch.on_messages(now, true);
    end(errc::closed, seconds(10));
    wait();
    EXPECT_EQ(next(), "connect 7");
}

TEST_F(room_watch_reconnect_test, who_cannot_be_reached_is_not_doubted_for_an_interval) {
    go_live();
    watch.on_messages(now, true);
    const auto heard = now;
    end(refused, seconds(1), false);
    int asked = 0;
    while (now < heard + seconds(60)) {
        const auto what = next();
        if (what == "wait") {
            wait();
            continue;
        }
        if (what == "api") {
            ++asked;
            EXPECT_GE(now - heard, seconds(30));
            lookup(refused);
            ASSERT_EQ(next(), "alive 7");
            alive_error(refused);
            continue;
        }
        ASSERT_EQ(what, "connect 7") << "the old identity";
        end(refused, {}, false);
    }
    EXPECT_GE(asked, 1);
    EXPECT_EQ(watch.state(), room_state::unreachable);
}

TEST_F(room_watch_reconnect_test, a_refused_handshake_is_the_time_to_look_the_room_up) {
    go_live();
    watch.on_messages(now, true);
    end(errc::closed, seconds(20));
    wait();
    ASSERT_EQ(next(), "connect 7");
    end(errc::detected, {});
    EXPECT_EQ(next(), "api") << "at once: what follows the live may be on already";
    lookup(live_status::live, 7);
    expect_between(wait(), seconds(24), seconds(30));
    EXPECT_EQ(next(), "connect 7 fresh");
    EXPECT_EQ(watch.state(), room_state::unreachable) << "until a connection stands";
}

TEST_F(room_watch_reconnect_test, a_silent_connection_is_the_time_to_look_the_room_up) {
    for (const errc reason : {errc::stale, errc::never_spoke}) {
        watch = room_watch(how());
        go_live();
        end(reason, seconds(15));
        EXPECT_EQ(next(), "api");
        lookup(live_status::live, 8);
        EXPECT_EQ(next(), "connect 8") << "a new room, and no wait";
    }
}

TEST_F(room_watch_reconnect_test, doubts_do_not_become_a_storm) {
    go_live();
    int lookups = 0;
    const auto start = now;
    while (now - start < std::chrono::minutes(10)) {
        const auto what = next();
        if (what == "wait")
            wait();
        else if (what == "api")
            ++lookups, lookup(live_status::live, 7);
        else
            end(errc::handshake_failed, {});
    }
    EXPECT_LE(lookups, 60);
    EXPECT_GE(lookups, 20);
}

TEST_F(room_watch_reconnect_test, a_dead_room_ends_the_live_without_a_control_message) {
    go_live();
    end(errc::stale, seconds(60));
    ASSERT_EQ(next(), "api");
    lookup(live_status::offline, 7);
    ASSERT_EQ(next(), "alive 7");
    alive(false);
    EXPECT_EQ(watch.state(), room_state::ended);
    EXPECT_EQ(watch.reason(), errc::live_ended);
    expect_poll_wait();
    EXPECT_EQ(next(), "api");
}

TEST_F(room_watch_reconnect_test, one_denial_does_not_end_a_room_that_was_heard_in_the_last_interval) {
    const auto doubted = [&](core::duration heard_before) {
        watch = room_watch(how());
        go_live();
        watch.on_messages(now, true);
        now += heard_before;
        end(errc::stale, seconds(15));
        ASSERT_EQ(next(), "api");
        lookup(refused);
        ASSERT_EQ(next(), "alive 7");
        alive(false);
    };
    doubted({});
    EXPECT_EQ(watch.state(), room_state::connecting);
    doubted(seconds(20));
    EXPECT_EQ(watch.state(), room_state::ended);
}

TEST_F(room_watch_reconnect_test, offline_lookup_ends_a_live_that_nobody_can_confirm) {
    go_live();
    end(errc::stale, seconds(60));
    next();
    lookup(live_status::offline, 7);
    next();
    alive_error(refused);
    EXPECT_EQ(watch.state(), room_state::ended);
}

TEST_F(room_watch_reconnect_test, a_live_that_was_called_over_by_mistake_is_gone_back_to) {
    go_live();
    end(errc::stale, seconds(60));
    next();
    lookup(live_status::offline, 7);
    next();
    alive(false);
    wait();
    next();
    lookup(live_status::live, 7);
    EXPECT_EQ(next(), "connect 7");
}

TEST_F(room_watch_reconnect_test, living_room_is_connected_to_whatever_the_lookup_says) {
    const auto doubted = [&](const auto& answer) {
        watch = room_watch(how());
        go_live();
        end(errc::never_spoke, seconds(40));
        ASSERT_EQ(next(), "api");
        answer();
        ASSERT_EQ(next(), "alive 7");
        alive(true);
        wait();
        EXPECT_EQ(next(), "connect 7 fresh");
    };
    doubted([&] { lookup(live_status::offline, 7); });
    doubted([&] { lookup(errc::age_restricted); });
    doubted([&] { lookup(errc::no_such_user); });
    doubted([&] { lookup(errc::lookup_blocked); });
    doubted([&] { lookup(refused); });
}

TEST_F(room_watch_reconnect_test, beside_a_connection_silence_asks_and_finds_the_next_room) {
    go_live();
    EXPECT_EQ(listen(), seconds(30));
    ASSERT_EQ(beside(), "api");
    lookup(live_status::live, 7);
    now += seconds(20);
    watch.on_messages(now, true);
    EXPECT_EQ(listen(), seconds(30));
    ASSERT_EQ(beside(), "api");
    lookup(live_status::live, 8);
    ASSERT_EQ(beside(), "finish");
    watch.on_connection_end(now, errc::live_ended, {});
    EXPECT_EQ(next(), "connect 8") << "at once";
    EXPECT_EQ(watch.state(), room_state::connecting);
    EXPECT_EQ(watch.reason(), errc::live_moved);
}

TEST_F(room_watch_reconnect_test, beside_a_connection_an_end_has_to_be_said_twice) {
    go_live();
    listen();
    ASSERT_EQ(beside(), "api");
    lookup(live_status::offline, 7);
    ASSERT_EQ(beside(), "alive 7");
    alive(false);
    ASSERT_EQ(beside(), "finish");
    watch.on_connection_end(now, errc::live_ended, {});
    EXPECT_EQ(watch.state(), room_state::ended);
    expect_poll_wait();
}

TEST_F(room_watch_reconnect_test, comments_that_flow_are_never_doubted) {
    go_live();
    for (int i = 0; i < 3600; ++i) {
        now += seconds(1);
        watch.on_messages(now, true);
        ASSERT_EQ(beside(), "wait");
    }
}

TEST_F(room_watch_reconnect_test, history_is_news_when_the_live_began_while_we_looked) {
    constexpr core::unix_ms then = 1'789'600'000'000;
    ASSERT_EQ(next(), "api");
    lookup(live_status::live, 7);
    EXPECT_GT(watch.news_since(now, then), then) << "it ran before we came";
    watch = room_watch(how());
    ASSERT_EQ(next(), "api");
    lookup(live_status::offline, 5);
    const auto offline = now;
    wait();
    go_live(7);
    const auto since = then - watch.news_since(now, then);
    EXPECT_EQ(since, (now - offline) / milliseconds(1) + 2000);
    // The encoder starts again: another room, no lookup that says offline.
    now += std::chrono::hours(1);
    watch.on_messages(now, true);
    watch.on_room_change(room_change::ended);
    end(errc::live_ended, {});
    const auto over = now;
    wait();
    go_live(8);
    EXPECT_EQ(then - watch.news_since(now, then), (now - over) / milliseconds(1) + 2000);
}

TEST_F(room_watch_test, what_tiktok_asks_for_goes_before_any_wait_of_ours_and_is_named) {
    go_live();
    end(errc::ttwid_missing, {}, false);
    const auto until = now + seconds(60);
    watch.leave_alone(until);
    watch.leave_alone(now + seconds(1));
    EXPECT_EQ(watch.report().next_try, until);
    EXPECT_EQ(wait(), seconds(60));
    EXPECT_NE(next(), "wait");
}

TEST_F(room_watch_test, what_tiktok_asked_for_once_is_over_when_its_time_is) {
    go_live();
    watch.leave_alone(now - seconds(1));
    end(errc::closed, seconds(100));
    EXPECT_NE(next(), "wait");
}

class room_watch_once_test : public room_watch_test {
protected:
    room_watch_once_test() { watch = room_watch(how(true)); }
};

TEST_F(room_watch_once_test, waits_for_the_first_live_and_finishes_with_its_end) {
    next();
    lookup(live_status::offline, 5);
    wait();
    go_live();
    now += seconds(100);
    watch.on_messages(now, true);
    end(errc::closed, seconds(1));
    wait();
    EXPECT_EQ(next(), "connect 7");
    watch.on_connected(now);
    watch.on_room_change(room_change::ended);
    end(errc::live_ended, seconds(100));
    EXPECT_EQ(watch.state(), room_state::ended);
    EXPECT_EQ(next(), "finish");
    EXPECT_EQ(next(), "finish");
}

TEST_F(room_watch_once_test, finishes_when_the_room_is_found_dead) {
    go_live();
    end(errc::stale, seconds(60));
    next();
    lookup(live_status::offline, 7);
    next();
    alive(false);
    EXPECT_EQ(next(), "finish");
}

TEST_F(room_watch_once_test, finishes_when_the_next_live_has_begun) {
    go_live(7);
    end(errc::stale, seconds(60));
    next();
    lookup(live_status::live, 8);
    EXPECT_EQ(next(), "finish");

    watch = room_watch(how(true));
    go_live(7);
    listen();
    ASSERT_EQ(beside(), "api");
    lookup(live_status::live, 8);
    ASSERT_EQ(beside(), "finish");
    watch.on_connection_end(now, errc::live_ended, {});
    EXPECT_EQ(next(), "finish");
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
