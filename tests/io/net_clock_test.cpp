// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/net/clock.hpp"

#include <gtest/gtest.h>

#include <ctime>

namespace tiktok2twitch::net {
namespace {

core::duration read(clockid_t clock) {
    timespec at{};
    ::clock_gettime(clock, &at);
    return std::chrono::seconds(at.tv_sec) + std::chrono::nanoseconds(at.tv_nsec);
}

TEST(net_clock, counts_the_sleep_of_the_machine) {
    const auto before = read(CLOCK_BOOTTIME);
    const auto now = net::now().time_since_epoch();
    EXPECT_LE(before, now);
    EXPECT_LE(now, read(CLOCK_BOOTTIME));
}

// A timer of asio's that is set by it ends at the time meant, or a moment later, never before.
TEST(net_clock, deadline_on_asio_s_clock_is_not_before_its_time) {
    const auto at = net::now() + std::chrono::seconds(5);
    const auto deadline = deadline_of(at);
    const auto left = deadline - std::chrono::steady_clock::now();
    EXPECT_LE(left, std::chrono::seconds(5));
    EXPECT_LE(at - net::now(), left + std::chrono::milliseconds(1));
    EXPECT_EQ(deadline_of(core::time_point::max()), core::time_point::max());
    EXPECT_EQ(deadline_of(core::time_point::min()), core::time_point::min());
}

}  // namespace
}  // namespace tiktok2twitch::net
