// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <deque>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::twitch {

// When the account may log in again. Twitch allows 20 attempts in 10 s; we stay far below: 2 s between
// two, 20 in 10 minutes that did not succeed, and doubling gaps up to 10 s while logins succeed but the
// connection dies soon after; a connection that lived for a minute ends that. (docs/protocol/twitch.md §8.3
// proposes 5 in 10 minutes. A server that closes during the login for 20 s would then cost ten minutes of
// chat; a login that is refused in words is not tried again at all, and the backoff of the connection keeps
// the rest apart.)
class login_limiter {
public:
    core::time_point earliest(core::time_point now) const;
    void on_attempt(core::time_point now);  // PASS and NICK go out
    void on_success(core::time_point now);  // 001 came
    void on_ended(core::time_point now);    // the connection of the last attempt is gone

private:
    std::deque<core::time_point> failures_;  // attempts without success so far
    core::time_point last_attempt_ = core::time_point::min();
    core::time_point last_success_{};
    bool logged_in_ = false;
    unsigned short_lived_ = 0;  // successful logins in a row that died at once
};

}  // namespace tiktok2twitch::twitch
