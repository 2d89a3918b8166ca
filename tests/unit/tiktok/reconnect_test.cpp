// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/reconnect.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const core::error_code reset_by_peer{104, boost::system::system_category()};

std::vector<long> waits(const core::error_code& reason, core::duration lasted, int count) {
    reconnect_policy policy;
    std::vector<long> out;
    for (int i = 0; i < count; ++i)
        out.push_back(std::chrono::duration_cast<seconds>(policy.next(reason, lasted).wait).count());
    return out;
}

TEST(reconnect_policy, healthy_connection_is_followed_by_a_short_wait_with_the_same_identity) {
    reconnect_policy policy;
    for (const core::error_code& reason :
         {make_error_code(errc::closed), make_error_code(errc::stale), reset_by_peer}) {
        for (int i = 0; i < 20; ++i) {
            const reconnect_plan plan = policy.next(reason, seconds(30));
            EXPECT_EQ(plan.wait, seconds(2));
            EXPECT_FALSE(plan.fresh_identity);
        }
    }
}

TEST(reconnect_policy, connection_of_less_than_30_s_is_a_failure) {
    reconnect_policy policy;
    policy.next(errc::closed, seconds(30) - milliseconds(1));
    EXPECT_EQ(policy.next(errc::closed, seconds(30) - milliseconds(1)).wait, seconds(4));
}

TEST(reconnect_policy, healthy_connection_sets_the_counter_to_one) {
    reconnect_policy policy;
    for (int i = 0; i < 4; ++i)
        policy.next(errc::closed, {});
    EXPECT_EQ(policy.next(errc::closed, minutes(10)).wait, seconds(2));
    EXPECT_EQ(policy.next(errc::closed, {}).wait, seconds(4));
}

TEST(reconnect_policy, waits_double_to_30_s_and_after_five_failures_to_2_min) {
    const std::vector<long> expected = {2, 4, 8, 16, 30, 64, 120, 120};
    EXPECT_EQ(waits(errc::closed, seconds(1), 8), expected);
    EXPECT_EQ(waits(reset_by_peer, {}, 8), expected);
    EXPECT_EQ(waits(errc::ttwid_missing, {}, 8), expected);
    EXPECT_EQ(waits(errc::handshake_failed, {}, 8), expected);
}

TEST(reconnect_policy, blocked_device_comes_back_as_another_one_after_2_s_and_then_later) {
    EXPECT_EQ(waits(errc::device_blocked, {}, 8), (std::vector<long>{2, 4, 8, 16, 32, 64, 120, 120}));
    reconnect_policy policy;
    policy.next(errc::closed, {});
    policy.next(errc::closed, {});
    const reconnect_plan plan = policy.next(errc::device_blocked, {});
    EXPECT_EQ(plan.wait, seconds(2));
    EXPECT_TRUE(plan.fresh_identity);
}

TEST(reconnect_policy, refusals_that_asking_does_not_cure_wait_long_and_longer) {
    for (const errc reason : {errc::signature_required, errc::detected, errc::bad_app_id, errc::bad_query,
                              errc::lookup_forbidden, errc::lookup_rate_limited})
        EXPECT_EQ(waits(reason, {}, 6), (std::vector<long>{30, 60, 120, 240, 300, 300}));
}

TEST(reconnect_policy, identity_is_kept_when_disconnected_and_replaced_when_refused) {
    struct identity_case {
        core::error_code reason;
        bool fresh;
    };
    const identity_case cases[] = {
        {errc::closed, false},
        {errc::stale, false},
        {errc::signature_required, false},
        {errc::lookup_forbidden, false},
        {errc::lookup_rate_limited, false},
        {reset_by_peer, true},
        {errc::device_blocked, true},
        {errc::detected, true},
        {errc::never_spoke, true},
        {errc::ttwid_missing, true},
        {errc::handshake_failed, true},
    };
    for (const identity_case& c : cases) {
        reconnect_policy policy;
        EXPECT_EQ(policy.next(c.reason, seconds(1)).fresh_identity, c.fresh) << c.reason.message();
    }
}

TEST(reconnect_policy, connection_that_never_spoke_is_a_failure_however_long_it_stood) {
    EXPECT_EQ(waits(errc::never_spoke, seconds(60), 3), (std::vector<long>{2, 4, 8}));
}

TEST(reconnect_policy, reset_forgets_everything) {
    reconnect_policy policy;
    for (const errc reason : {errc::closed, errc::device_blocked, errc::detected})
        policy.next(reason, {});
    policy.reset();
    EXPECT_EQ(policy.next(errc::detected, {}).wait, seconds(30));
    policy.reset();
    EXPECT_EQ(policy.next(errc::closed, {}).wait, seconds(2));
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
