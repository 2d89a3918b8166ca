// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/login/device_flow.hpp"

#include <gtest/gtest.h>

#include <boost/system/errc.hpp>

#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {
namespace {

using namespace std::chrono_literals;
using action = device_flow::action;

class device_flow_test : public ::testing::Test {
protected:
    static device_code code() {
        device_code out;
        out.device_code = "d";
        out.user_code = "U";
        out.verification_uri = "https://www.twitch.tv/activate";
        out.expires_in = 60s;
        out.interval = 5s;
        return out;
    }
    static token_pair token() {
        token_pair out;
        out.access = core::secret("a");
        return out;
    }

    // Waits and asks once; returns how long it waited.
    core::duration poll(core::result<token_pair> answer) {
        const auto step = flow.next(now);
        EXPECT_EQ(step.what, action::wait);
        const auto waited = step.until - now;
        now = step.until;
        EXPECT_EQ(flow.next(now).what, action::poll);
        flow.on_answer(std::move(answer), now);
        return waited;
    }

    core::time_point now{1000s};
    device_flow flow{code(), now};
};

TEST_F(device_flow_test, asks_every_interval_until_the_code_was_entered) {
    EXPECT_EQ(poll(errc::authorization_pending), 5s);
    EXPECT_EQ(poll(errc::authorization_pending), 5s);
    EXPECT_EQ(poll(token()), 5s);
    EXPECT_EQ(flow.next(now).what, action::done);
    EXPECT_EQ(flow.token().access.reveal(), "a");
}

TEST_F(device_flow_test, the_interval_counts_from_the_answer) {
    now = flow.next(now).until;
    flow.on_answer(errc::authorization_pending, now + 3s);
    EXPECT_EQ(flow.next(now + 3s).until, now + 8s);
}

TEST_F(device_flow_test, each_slow_down_adds_five_seconds_for_good) {
    EXPECT_EQ(poll(errc::slow_down), 5s);
    EXPECT_EQ(poll(errc::authorization_pending), 10s);
    EXPECT_EQ(poll(errc::slow_down), 10s);
    EXPECT_EQ(poll(errc::authorization_pending), 15s);
}

TEST_F(device_flow_test, a_network_that_is_down_and_a_server_error_are_asked_again_at_the_same_pace) {
    const core::error_code reset =
        boost::system::errc::make_error_code(boost::system::errc::connection_reset);
    EXPECT_EQ(poll(reset), 5s);
    EXPECT_EQ(flow.trouble(), reset);
    EXPECT_EQ(poll(errc::auth_server_error), 5s);
    EXPECT_EQ(flow.trouble(), errc::auth_server_error);
    EXPECT_EQ(poll(errc::authorization_pending), 5s);
    EXPECT_FALSE(flow.trouble());
    EXPECT_EQ(poll(token()), 5s);
    EXPECT_EQ(flow.next(now).what, action::done);
}

TEST_F(device_flow_test, what_cannot_get_better_ends_it) {
    for (const errc why : {errc::device_code_expired, errc::authorization_denied, errc::client_needs_secret,
                           errc::client_id_unknown, errc::token_host_refused}) {
        device_flow one(code(), now);
        one.on_answer(why, now);
        EXPECT_EQ(one.next(now).what, action::failed);
        EXPECT_EQ(one.error(), why);
    }
}

TEST_F(device_flow_test, a_code_that_twitch_does_not_know_yet_is_asked_for_again) {
    EXPECT_EQ(poll(errc::device_code_unknown), 5s);
    EXPECT_EQ(flow.trouble(), errc::device_code_unknown);
    EXPECT_EQ(poll(errc::authorization_pending), 5s);
    EXPECT_FALSE(flow.trouble());
    EXPECT_EQ(poll(errc::device_code_unknown), 5s);
    EXPECT_EQ(poll(token()), 5s);
    EXPECT_EQ(flow.next(now).what, action::done);
}

TEST_F(device_flow_test, a_code_that_stays_unknown_has_expired_at_its_end) {
    poll(errc::device_code_unknown);
    EXPECT_EQ(flow.next(flow.expires_at()).what, action::failed);
    EXPECT_EQ(flow.error(), errc::device_code_expired);
    EXPECT_FALSE(flow.answer_may_be_lost());
}

TEST_F(device_flow_test, the_end_of_the_code_ends_it) {
    for (int i = 0; i < 11; ++i)
        poll(errc::authorization_pending);  // 55 s
    const auto step = flow.next(now);
    EXPECT_EQ(step.until, flow.expires_at());
    EXPECT_EQ(flow.next(flow.expires_at() - 1ns).what, action::wait);
    EXPECT_EQ(flow.next(flow.expires_at()).what, action::failed);
    EXPECT_EQ(flow.error(), errc::device_code_expired);
}

TEST_F(device_flow_test, when_twitch_could_not_be_reached_until_the_end_that_is_the_reason) {
    poll(errc::auth_server_error);
    EXPECT_EQ(flow.next(flow.expires_at()).what, action::failed);
    EXPECT_EQ(flow.error(), errc::auth_server_error);
}

// Tokens are handed out once: who asks again after a lost answer hears that the code was used.
TEST_F(device_flow_test, a_poll_without_an_answer_may_have_been_the_one_with_the_tokens) {
    poll(errc::auth_server_error);
    poll(errc::authorization_pending);  // it was not
    device_flow never = flow;
    never.on_answer(errc::device_code_expired, now);
    EXPECT_FALSE(never.answer_may_be_lost());
    device_flow unknown = flow;
    unknown.on_answer(errc::device_code_unknown, now);
    EXPECT_FALSE(unknown.error());
    poll(errc::auth_server_error);
    device_flow used = flow;
    used.on_answer(errc::device_code_unknown, now);
    EXPECT_EQ(used.error(), errc::device_code_expired);
    EXPECT_TRUE(used.answer_may_be_lost());
    device_flow denied = flow;
    denied.on_answer(errc::authorization_denied, now);
    EXPECT_FALSE(denied.answer_may_be_lost());
    EXPECT_EQ(flow.next(flow.expires_at()).what, action::failed);
    EXPECT_TRUE(flow.answer_may_be_lost());
}

TEST_F(device_flow_test, a_token_that_comes_with_the_end_counts) {
    flow.on_answer(token(), flow.expires_at() + 1s);
    EXPECT_EQ(flow.next(flow.expires_at() + 1s).what, action::done);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
