// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/net/clock.hpp"

#include <algorithm>
#include <ctime>

namespace tiktok2twitch::net {
namespace {

core::duration read(clockid_t clock) noexcept {
    timespec at{};
    ::clock_gettime(clock, &at);
    return std::chrono::seconds(at.tv_sec) + std::chrono::nanoseconds(at.tv_nsec);
}

}  // namespace

core::time_point now() noexcept {
    return core::time_point(read(CLOCK_BOOTTIME));
}

core::unix_ms wall_now() noexcept {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

core::time_point timer_now() noexcept {
    return std::chrono::steady_clock::now();
}

core::duration slept() noexcept {
    // In this order what lies between the two readings makes a timer late, never early.
    const auto with_sleep = read(CLOCK_BOOTTIME);
    const auto without = read(CLOCK_MONOTONIC);
    return std::max(with_sleep - without, core::duration::zero());
}

core::time_point deadline_of(core::time_point at) noexcept {
    const bool is_time = at != core::time_point::max() && at != core::time_point::min();
    return is_time ? at - slept() : at;
}

}  // namespace tiktok2twitch::net
