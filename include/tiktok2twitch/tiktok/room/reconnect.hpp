// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// How long to wait before the next connection, and with which identity (docs/protocol/tiktok.md §2.9). Pure.
// Each cause counts for itself: a network that was away for a minute says nothing about a refusal that comes
// after it.

#include <array>
#include <cstdint>
#include <random>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::tiktok {

// base, 2 base, 4 base ... for n = 1, 2, 3 ..., at most `cap`.
core::duration doubled(core::duration base, int n, core::duration cap) noexcept;

// The wait before try n = 1, 2, 3 ... of what fails without harm to anybody: half a second, 1, 2, 4 and then
// 8 s, each shortened by up to a half, so that what broke together does not come back together. Whatever
// ends is noticed within 10 s.
core::duration short_wait(int n, std::mt19937_64& engine);
// The same where nobody answers at all, which costs nobody anything: 2 s three times.
core::duration outage_wait(int n, std::mt19937_64& engine);

struct reconnect_plan {
    core::duration wait{};        // from the end of a connection, or from the start of a failed try
    bool fresh_identity = false;  // throw ttwid and user agent away first
    bool room_doubtful = false;   // TikTok answers so when the live is over, too: look it up first
};

class reconnect_policy {
public:
    // "We do not like this visitor": another one comes soon, and then later and later.
    static constexpr core::duration identity_wait = std::chrono::seconds(2);
    static constexpr core::duration identity_cap = std::chrono::minutes(2);
    // Refusals that asking again does not cure soon: a missing signature, a detection wave, HTTP 403.
    static constexpr core::duration refused_wait = std::chrono::seconds(30);
    static constexpr core::duration refused_cap = std::chrono::minutes(5);
    // A broken connection says nothing about who we are, but some networks cut what they do not like.
    static constexpr int identity_doubted_after = 5;

    explicit reconnect_policy(std::uint64_t seed = 0) : engine_(seed) {}

    // One connection ended for `reason` after `lasted` (zero when the handshake did not succeed).
    reconnect_plan next(const core::error_code& reason, core::duration lasted);
    // Messages came: everything is well (and not at the mere handshake, which proves little).
    void on_heard() noexcept { failures_ = {}; }
    void reset() noexcept { on_heard(); }
    // Since messages came last, for all causes.
    int failures() const noexcept;

private:
    enum cause : std::size_t {
        unreachable,  // no answer at all; costs TikTok nothing
        dropped,      // it stood, and broke
        answered,     // TikTok answered with an error
        identity,
        refused,
        causes
    };
    static cause cause_of(const core::error_code& reason, core::duration lasted) noexcept;

    std::array<int, causes> failures_{};
    std::mt19937_64 engine_;
};

}  // namespace tiktok2twitch::tiktok
