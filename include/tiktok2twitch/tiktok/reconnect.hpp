// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// How long to wait before the next connection, and with which identity (tiktok.md 2.9). Pure.

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::tiktok {

// base, 2 base, 4 base ... for n = 1, 2, 3 ..., at most `cap`.
core::duration doubled(core::duration base, int n, core::duration cap) noexcept;

struct reconnect_plan {
    core::duration wait{};
    bool fresh_identity = false;  // throw ttwid and user agent away first
};

class reconnect_policy {
public:
    // A connection that lived this long was healthy: its end says nothing about the next one.
    static constexpr core::duration healthy_after = std::chrono::seconds(30);
    static constexpr core::duration first_wait = std::chrono::seconds(2);
    static constexpr core::duration short_cap = std::chrono::seconds(30);
    // Other clients give up after 5 failures; a daemon slows down instead.
    static constexpr int patient_after = 5;
    static constexpr core::duration long_cap = std::chrono::minutes(2);
    // Refusals that asking again does not cure soon: a missing signature, a detection wave, HTTP 403.
    static constexpr core::duration refused_wait = std::chrono::seconds(30);
    static constexpr core::duration refused_cap = std::chrono::minutes(5);

    // One connection ended for `reason` after `lasted` (zero when the handshake did not succeed).
    reconnect_plan next(const core::error_code& reason, core::duration lasted);
    void reset() noexcept;

private:
    int failures_ = 0;
    int blocked_ = 0;
    int refused_ = 0;
};

}  // namespace tiktok2twitch::tiktok
