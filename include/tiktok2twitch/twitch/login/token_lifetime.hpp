// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/twitch/grant.hpp"

namespace tiktok2twitch::twitch {

// When a token is checked, when its pair is renewed, and whether it ended before its time. Pure. The steady
// clock decides; the wall clock tells when the machine slept, and how long a stored token still lives.
class token_lifetime {
public:
    token_lifetime(core::duration validate_every, core::time_point now)
        : validate_every_(validate_every), validate_at_(now) {}

    // Twitch says that the token lives for `left`; zero: for ever. `soonest`: it is not renewed before.
    // `comfortable`: it is renewed some time before its end.
    void note(grant& held, core::duration left, core::duration soonest, bool comfortable,
              core::time_point now, core::unix_ms wall);
    // The pair is renewed some time before its end, as any other, from now on.
    void be_comfortable(const grant& held, core::time_point now);
    // Another pair is held, nothing is known of its life; `validate_at`: the check is tried again then.
    void forget_renewal() noexcept { renew_at_.reset(); }
    void validate(core::time_point at) noexcept { validate_at_ = at; }

    std::optional<core::time_point> renew_at() const noexcept { return renew_at_; }
    core::time_point validate_at() const noexcept { return validate_at_; }
    // The machine slept, or its clock was set: Twitch knows how long the token still lives.
    bool slept(core::unix_ms wall) const noexcept { return renew_at_ && wall >= renew_at_wall_; }

    // Before the end that Twitch gave it, and by no more than a clock may be off.
    static bool is_early(const grant& held, core::unix_ms wall);
    // A token ended early: somebody else renewed its pair. Known until its own end.
    void begin_elsewhere(const grant& held, core::time_point now, core::unix_ms wall);
    void end_elsewhere() noexcept { elsewhere_until_.reset(); }
    bool elsewhere() const noexcept { return elsewhere_until_.has_value(); }
    // The time until its end has passed since.
    bool is_elsewhere(core::time_point now) const;

    // At least this long between a renewal and the next: a pair that lives shorter than Twitch's (4 h) is
    // renewed at half its life, but never in a tight loop.
    static constexpr core::duration shortest_renewal = std::chrono::seconds(10);

private:
    core::duration validate_every_;
    core::time_point validate_at_;
    std::optional<core::time_point> renew_at_;
    core::unix_ms renew_at_wall_ = 0;  // the same moment
    std::optional<core::time_point> elsewhere_until_;
};

}  // namespace tiktok2twitch::twitch
