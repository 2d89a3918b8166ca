// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/irc/login_limiter.hpp"

#include <algorithm>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr core::duration attempt_gap = seconds(2);  // docs/protocol/twitch.md §8.3
constexpr core::duration failure_window = minutes(10);
constexpr std::size_t max_failures = 20;
// A connection that lived shorter than this after 001 proves nothing about the server's health. What it
// carried meanwhile proves nothing either: Twitch also closes on those who send too much.
constexpr core::duration short_life = seconds(60);
constexpr unsigned free_short_lives = 3;
// Between two logins: 10 s are one of the 20 that Twitch takes in 10 s, and nobody waits longer for chat.
constexpr core::duration longest_gap = seconds(10);

}  // namespace

core::time_point login_limiter::earliest(core::time_point now) const {
    if (last_attempt_ == core::time_point::min())
        return now;
    core::duration gap = attempt_gap;
    for (unsigned i = free_short_lives; i < short_lived_ && gap < longest_gap; ++i)
        gap *= 2;
    auto at = last_attempt_ + std::min(gap, longest_gap);
    if (failures_.size() >= max_failures)
        at = std::max(at, failures_[failures_.size() - max_failures] + failure_window);
    return at;
}

void login_limiter::on_attempt(core::time_point now) {
    last_attempt_ = now;
    logged_in_ = false;
    failures_.push_back(now);
    if (failures_.size() > max_failures)
        failures_.pop_front();
}

void login_limiter::on_success(core::time_point now) {
    failures_.clear();
    logged_in_ = true;
    last_success_ = now;
}

void login_limiter::on_ended(core::time_point now) {
    if (!logged_in_)
        return;
    logged_in_ = false;
    short_lived_ = now - last_success_ < short_life ? short_lived_ + 1 : 0;
}

}  // namespace tiktok2twitch::twitch
