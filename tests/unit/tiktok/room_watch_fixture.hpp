// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/room/room_watch.hpp"
#include "unit/tiktok/support.hpp"

namespace tiktok2twitch::tiktok::testing {

inline const core::error_code refused{111, boost::system::system_category()};

// What a step asks for, in a word.
struct printer {
    std::string operator()(const watch_action::lookup_api&) const { return "api"; }
    std::string operator()(const watch_action::lookup_page&) const { return "page"; }
    std::string operator()(const watch_action::check_alive& a) const {
        return "alive " + std::to_string(a.room_id);
    }
    std::string operator()(const watch_action::connect& a) const {
        return "connect " + std::to_string(a.room_id) + (a.fresh_identity ? " fresh" : "");
    }
    std::string operator()(const watch_action::wait&) const { return "wait"; }
    std::string operator()(const watch_action::finish&) const { return "finish"; }
};

class room_watch_test : public ::testing::Test {
protected:
    static room_watch_options how(bool once = false, bool known = false) {
        room_watch_options out;
        out.unique_id = "ann";
        out.once = once;
        out.known = known;
        out.seed = 1;
        return out;
    }
    std::string next() { return std::visit(printer{}, watch.next(now)); }
    std::string beside() { return std::visit(printer{}, watch.beside(now)); }
    // Nothing is to be done beside the connection until then; the clock moves there.
    core::duration listen() {
        const watch_step step = watch.beside(now);
        const auto* found = std::get_if<watch_action::wait>(&step);
        if (found == nullptr) {
            ADD_FAILURE() << "no wait but " << std::visit(printer{}, step);
            return {};
        }
        const core::duration out = found->until - now;
        now = found->until;
        return out;
    }
    // The wait that is due now; the clock moves to its end.
    core::duration wait() {
        const watch_step step = watch.next(now);
        const auto* found = std::get_if<watch_action::wait>(&step);
        if (found == nullptr) {
            ADD_FAILURE() << "no wait but " << std::visit(printer{}, step);
            return {};
        }
        const core::duration out = found->until - now;
        now = found->until;
        return out;
    }
    void lookup(live_status status, std::int64_t room_id) {
        room_status room;
        room.status = status;
        room.room_id = room_id;
        watch.on_lookup(now, room);
    }
    void lookup(core::error_code error) { watch.on_lookup(now, error); }
    void alive(bool answer) { watch.on_alive(now, answer); }
    void alive_error(core::error_code error) {
        watch.on_alive(now, core::result<bool>(boost::system::in_place_error, error));
    }
    void end(core::error_code reason, core::duration lasted, bool reached = true) {
        now += lasted;
        watch.on_connection_end(now, reason, lasted, reached);
    }
    void expect_between(core::duration value, core::duration least, core::duration most) {
        EXPECT_GE(value, least);
        EXPECT_LE(value, most);
    }
    void go_live(std::int64_t room_id = 7) {
        ASSERT_EQ(next(), "api");
        lookup(live_status::live, room_id);
        ASSERT_EQ(next(), "connect " + std::to_string(room_id));
        watch.on_connected(now);
    }
    void expect_poll_wait() {
        const core::duration waited = wait();
        EXPECT_GE(waited, seconds(24));
        EXPECT_LE(waited, seconds(30));
    }

    core::time_point now = t0;
    room_watch watch{how()};
};

}  // namespace tiktok2twitch::tiktok::testing
