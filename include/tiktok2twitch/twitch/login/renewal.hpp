// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tiktok2twitch/core/backoff.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/secret.hpp"
#include "tiktok2twitch/twitch/login/grant.hpp"

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

// A renewed pair of tokens that is in memory only: when saving it is tried again, and which refresh tokens
// were spent for it. Pure. add() at every renewal, then on_failed() or on_saved() after each try.
class unsaved_pair {
public:
    // Of the refresh tokens that were spent while nothing could be saved, the first, which the disk has, and
    // the latest are known as our own: with Twitch's four hours the last two weeks.
    static constexpr std::size_t most_spent = 100;

    explicit unsaved_pair(std::uint64_t seed);

    void add(core::secret spent, core::time_point now);
    bool exists() const noexcept { return exists_; }
    // Nobody was told of the renewal yet: true once.
    bool take_untold() noexcept;
    bool is_spent(const core::secret& refresh) const;

    core::time_point save_at() const noexcept { return save_at_; }
    void save_now(core::time_point now) noexcept { save_at_ = now; }
    // The next try is set. False: that was the last one, and the pair is given up.
    bool on_failed(core::time_point now);
    // True unless the same complaint was the last one.
    bool is_news(const std::string& complaint);
    void on_saved();
    void stop_saving() noexcept { exists_ = false; }
    void give_up() noexcept { exists_ = untold_ = false; }  // and tells nobody

    // The process is about to end: saving is tried for some seconds, and nothing else is done.
    void on_stop(core::time_point now);
    bool stopping() const noexcept { return save_until_.has_value(); }

private:
    core::backoff retry_;
    bool exists_ = false;
    bool untold_ = false;
    core::time_point save_at_;
    std::vector<core::secret> spent_;  // since a pair was saved last
    std::optional<core::time_point> save_until_;
    std::string complaint_;
};

}  // namespace tiktok2twitch::twitch
