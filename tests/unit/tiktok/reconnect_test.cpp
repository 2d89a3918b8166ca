// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/room/reconnect.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const core::error_code reset_by_peer{104, boost::system::system_category()};

// Waits are shortened by up to `jitter` per cent, never lengthened.
void expect_waits(const core::error_code& reason, core::duration lasted, std::vector<double> most,
                  int jitter = 50) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        reconnect_policy policy(seed);
        for (const double limit : most) {
            const auto longest =
                std::chrono::duration_cast<core::duration>(std::chrono::duration<double>(limit));
            const auto wait = policy.next(reason, lasted).wait;
            EXPECT_LE(wait, longest) << reason.message();
            EXPECT_GE(wait, longest * (100 - jitter) / 100) << reason.message();
        }
    }
}

TEST(reconnect_policy, connections_that_break_are_tried_again_within_half_a_second_and_then_1_2_4_8_s) {
    const std::vector<double> waits = {0.5, 1, 2, 4, 8, 8, 8};
    expect_waits(errc::closed, seconds(5), waits);
    expect_waits(errc::stale, minutes(5), waits);
    expect_waits(reset_by_peer, seconds(5), waits);
    expect_waits(errc::handshake_failed, {}, waits);
    expect_waits(errc::never_spoke, seconds(15), waits);
}

TEST(reconnect_policy, a_host_that_cannot_be_reached_is_tried_a_little_more_often) {
    const std::vector<double> waits = {0.5, 1, 2, 2, 2, 4, 8, 8};
    expect_waits(reset_by_peer, {}, waits);
    expect_waits(errc::closed, {}, waits);
}

TEST(reconnect_policy, received_messages_make_the_next_failure_a_first_one) {
    reconnect_policy policy;
    for (int i = 0; i < 20; ++i) {
        EXPECT_LE(policy.next(errc::closed, seconds(5)).wait, milliseconds(500)) << i;
        EXPECT_EQ(policy.failures(), 1);
        policy.on_heard();
    }
}

TEST(reconnect_policy, a_handshake_alone_does_not) {
    reconnect_policy policy;
    for (int i = 0; i < 5; ++i)
        policy.next(errc::closed, minutes(10));
    EXPECT_GE(policy.next(errc::closed, minutes(10)).wait, seconds(4));
}

TEST(reconnect_policy, each_cause_counts_for_itself) {
    reconnect_policy policy;
    for (int i = 0; i < 10; ++i)
        policy.next(reset_by_peer, {});
    EXPECT_LE(policy.next(errc::closed, seconds(5)).wait, milliseconds(500));
    EXPECT_LE(policy.next(errc::handshake_failed, {}).wait, milliseconds(500));
    EXPECT_LE(policy.next(errc::device_blocked, {}).wait, milliseconds(500));
    EXPECT_EQ(policy.failures(), 13);
}

TEST(reconnect_policy, blocked_device_comes_back_as_another_one_at_once_and_then_later) {
    expect_waits(errc::device_blocked, {}, {0.5}, 50);
    reconnect_policy policy;
    policy.next(errc::device_blocked, {});
    for (const int longest : {2, 4, 8, 16, 32, 64, 120, 120}) {
        const reconnect_plan plan = policy.next(errc::device_blocked, {});
        EXPECT_LE(plan.wait, seconds(longest));
        EXPECT_GE(plan.wait, seconds(longest) * 8 / 10);
        EXPECT_TRUE(plan.fresh_identity);
    }
}

TEST(reconnect_policy, refusals_that_asking_does_not_cure_wait_long_and_longer) {
    for (const errc reason : {errc::signature_required, errc::detected, errc::bad_app_id, errc::bad_query,
                              errc::lookup_forbidden, errc::lookup_rate_limited})
        expect_waits(reason, {}, {30, 60, 120, 240, 300, 300}, 20);
}

TEST(reconnect_policy, identity_is_kept_when_disconnected_and_replaced_when_refused) {
    struct identity_case {
        core::error_code reason;
        core::duration lasted;
        bool fresh;
    };
    const identity_case cases[] = {
        {errc::closed, seconds(1), false},
        {errc::closed, {}, false},
        {errc::stale, seconds(20), false},
        {reset_by_peer, seconds(1), false},
        {reset_by_peer, {}, false},
        {errc::handshake_failed, {}, false},
        {errc::lookup_forbidden, {}, false},
        {errc::lookup_rate_limited, {}, false},
        {errc::signature_required, {}, false},
        {errc::bad_app_id, {}, false},
        {errc::bad_query, {}, false},
        {errc::device_blocked, {}, true},
        {errc::detected, {}, true},
        {errc::never_spoke, seconds(15), true},
        {errc::ttwid_missing, {}, true},
    };
    for (const identity_case& c : cases) {
        reconnect_policy policy;
        EXPECT_EQ(policy.next(c.reason, c.lasted).fresh_identity, c.fresh) << c.reason.message();
    }
}

TEST(reconnect_policy, what_fails_again_and_again_may_be_the_identity_after_all) {
    const core::error_code not_there{111, boost::system::system_category()};
    for (const auto& [reason, times] : {std::pair(reset_by_peer, 4), std::pair(not_there, 0),
                                        std::pair(make_error_code(errc::handshake_failed), 4)}) {
        reconnect_policy policy;
        int fresh = 0;
        for (int i = 0; i < 20; ++i)
            fresh += policy.next(reason, {}).fresh_identity ? 1 : 0;
        EXPECT_EQ(fresh, times) << reason.message();
    }
}

TEST(reconnect_policy, what_an_ended_live_answers_as_well_makes_the_room_doubtful) {
    for (const errc reason : {errc::detected, errc::handshake_failed, errc::never_spoke, errc::stale})
        EXPECT_TRUE(
            reconnect_policy().next(reason, reason == errc::stale ? seconds(20) : seconds(0)).room_doubtful)
            << make_error_code(reason).message();
    EXPECT_FALSE(reconnect_policy().next(errc::closed, seconds(20)).room_doubtful);
    EXPECT_FALSE(reconnect_policy().next(reset_by_peer, {}).room_doubtful);
    EXPECT_FALSE(reconnect_policy().next(errc::device_blocked, {}).room_doubtful);
}

TEST(doubled, grows_to_the_cap_and_does_not_overflow) {
    EXPECT_EQ(doubled(seconds(5), 1, seconds(60)), seconds(5));
    EXPECT_EQ(doubled(seconds(5), 4, seconds(60)), seconds(40));
    EXPECT_EQ(doubled(seconds(5), 5, seconds(60)), seconds(60));
    EXPECT_EQ(doubled(seconds(5), 1'000'000, seconds(60)), seconds(60));
    EXPECT_EQ(doubled(seconds(90), 1, seconds(60)), seconds(60));
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
