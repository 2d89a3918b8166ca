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

TEST_F(room_watch_reconnect_test, healthy_end_reconnects_after_2_s_without_asking) {
    go_live();
    for (int i = 0; i < 5; ++i) {
        end(errc::closed, seconds(300));
        EXPECT_EQ(watch.state(), room_state::connecting);
        EXPECT_EQ(watch.reason(), errc::closed);
        EXPECT_EQ(wait(), seconds(2));
        EXPECT_EQ(next(), "connect 7");
        watch.on_connected();
        EXPECT_EQ(watch.state(), room_state::connected);
    }
}

TEST_F(room_watch_reconnect_test, identity_is_replaced_as_the_reconnect_rules_say) {
    go_live();
    end(errc::device_blocked, {});
    EXPECT_EQ(wait(), seconds(2));
    EXPECT_EQ(next(), "connect 7 fresh");
    watch.on_connected();
    end(errc::closed, seconds(100));
    wait();
    EXPECT_EQ(next(), "connect 7");
}

TEST_F(room_watch_reconnect_test, after_two_failures_the_room_is_doubted_and_looked_up) {
    go_live();
    end(errc::closed, seconds(1));
    EXPECT_EQ(watch.state(), room_state::connecting);
    EXPECT_EQ(wait(), seconds(2));
    EXPECT_EQ(next(), "connect 7");
    end(errc::closed, seconds(1));
    EXPECT_EQ(watch.state(), room_state::unreachable);
    EXPECT_EQ(watch.reason(), errc::closed);
    EXPECT_EQ(wait(), seconds(4));
    EXPECT_EQ(next(), "alive 7");
    alive(true);
    EXPECT_EQ(next(), "api");
    lookup(live_status::live, 7);
    EXPECT_EQ(next(), "connect 7");
    EXPECT_EQ(watch.state(), room_state::unreachable) << "until a connection stands";
    end(errc::closed, seconds(1));
    EXPECT_EQ(wait(), seconds(8)) << "the lookup does not reset the waits";
    EXPECT_EQ(next(), "alive 7");
}

TEST_F(room_watch_reconnect_test, dead_room_ends_the_live_without_a_control_message) {
    go_live();
    end(errc::closed, {});
    wait();
    next();
    end(errc::closed, {});
    wait();
    EXPECT_EQ(next(), "alive 7");
    alive(false);
    EXPECT_EQ(watch.state(), room_state::ended);
    EXPECT_EQ(watch.reason(), errc::live_ended);
    expect_poll_wait();
    EXPECT_EQ(next(), "api");
}

TEST_F(room_watch_reconnect_test, silent_connection_makes_the_room_doubtful_at_once) {
    for (const errc reason : {errc::stale, errc::never_spoke}) {
        room_watch one(room_watch_options{});
        one.next(now);
        room_status room;
        room.status = live_status::live;
        room.room_id = 7;
        one.on_lookup(now, room);
        one.next(now);
        one.on_connected();
        one.on_connection_end(now, reason, seconds(60));
        EXPECT_EQ(std::visit(printer{}, one.next(now + seconds(2))), "alive 7");
    }
}

TEST_F(room_watch_reconnect_test, offline_lookup_ends_a_live_that_nobody_can_confirm) {
    go_live();
    end(refused, {});
    wait();
    next();
    end(refused, {});
    wait();
    next();
    alive_error(refused);
    EXPECT_EQ(next(), "api");
    lookup(live_status::offline, 7);
    EXPECT_EQ(watch.state(), room_state::ended);
}

TEST_F(room_watch_reconnect_test, living_room_is_connected_to_whatever_the_lookup_says) {
    const auto doubted = [&] {
        watch = room_watch(room_watch_options{seconds(30), false, 1});
        go_live();
        end(refused, {});
        wait();
        next();
        end(refused, {});
        wait();
        ASSERT_EQ(next(), "alive 7");
        alive(true);
        ASSERT_EQ(next(), "api");
    };
    doubted();
    lookup(live_status::offline, 7);
    EXPECT_EQ(next(), "connect 7 fresh");
    doubted();
    lookup(errc::age_restricted);
    EXPECT_EQ(next(), "connect 7 fresh");
    doubted();
    lookup(errc::no_such_user);
    ASSERT_EQ(next(), "page");
    lookup(errc::no_such_user);
    EXPECT_EQ(next(), "connect 7 fresh");
    doubted();
    lookup(errc::lookup_blocked);
    ASSERT_EQ(next(), "page");
    lookup(errc::lookup_blocked);
    EXPECT_EQ(next(), "connect 7 fresh");
    doubted();
    lookup(live_status::live, 9);
    EXPECT_EQ(next(), "connect 9") << "a new room, and a clean slate";
}

TEST_F(room_watch_reconnect_test, unanswered_doubts_lead_back_to_the_room_after_a_wait) {
    go_live();
    end(refused, {});
    wait();
    next();
    end(refused, {});
    wait();
    next();
    alive_error(refused);
    next();
    lookup(refused);
    next();
    lookup(refused);
    EXPECT_EQ(watch.state(), room_state::unreachable);
    EXPECT_LE(wait(), seconds(5));
    EXPECT_EQ(next(), "connect 7 fresh");
}

class room_watch_once_test : public room_watch_test {
protected:
    room_watch_once_test() { watch = room_watch(room_watch_options{seconds(30), true, 1}); }
};

TEST_F(room_watch_once_test, waits_for_the_first_live_and_finishes_with_its_end) {
    next();
    lookup(live_status::offline, 5);
    wait();
    go_live();
    end(errc::closed, seconds(100));
    wait();
    EXPECT_EQ(next(), "connect 7");
    watch.on_connected();
    watch.on_room_change(room_change::ended);
    end(errc::live_ended, seconds(100));
    EXPECT_EQ(watch.state(), room_state::ended);
    EXPECT_EQ(next(), "finish");
    EXPECT_EQ(next(), "finish");
}

TEST_F(room_watch_once_test, finishes_when_the_room_is_found_dead) {
    go_live();
    end(errc::closed, {});
    wait();
    next();
    end(errc::closed, {});
    wait();
    next();
    alive(false);
    EXPECT_EQ(next(), "finish");
}

TEST_F(room_watch_once_test, finishes_when_the_next_live_has_begun) {
    go_live(7);
    end(errc::closed, {});
    wait();
    next();
    end(errc::closed, {});
    wait();
    next();
    alive_error(refused);
    next();
    lookup(live_status::live, 8);
    EXPECT_EQ(next(), "finish");
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
