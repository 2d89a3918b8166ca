// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What a way shows on connecting, and what of it is said. Pure. Only times of TikTok's clock are compared.

#include <algorithm>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::tiktok {

// One connection whose messages carry no mark of being old. In its first seconds, a message that was written
// before it stood is shown on connecting. The limit of time is for a clock that is wrong: it costs a moment,
// and not the live.
class opening {
public:
    static constexpr core::duration lasts = std::chrono::seconds(10);
    // Times on the wire are whole seconds now and then.
    static constexpr core::unix_ms slack = 2000;

    // `tiktok_now`: TikTok's clock at `opened`, as well as it is known; 0: not at all, and nothing is old.
    opening(core::time_point opened, core::unix_ms tiktok_now) : opened_(opened), tiktok_now_(tiktok_now) {}

    bool shows(core::time_point now, core::unix_ms created_at) const {
        return now - opened_ < lasts && created_at != 0 && created_at < tiktok_now_ - slack;
    }

private:
    core::time_point opened_;
    core::unix_ms tiktok_now_;
};

// One room: history that was written after the last comment that was taken in is news, from 30 s before that
// comment on; the ids make the overlap harmless. A way that is mute leaves the last comment where it was, so
// that the next way fills all of its silence.
class catch_up {
public:
    static constexpr core::unix_ms overlap = 30'000;

    // A comment was taken in, by whichever way.
    void on_comment(core::unix_ms created_at) { last_ = std::max(last_, created_at); }
    // Another live.
    void reset() { last_ = 0; }

    // Before the first comment this rule says nothing, and the rule of gaps over restarts counts.
    bool knows() const noexcept { return last_ != 0; }
    bool is_news(core::unix_ms created_at) const noexcept {
        return knows() && created_at != 0 && created_at >= last_ - overlap;
    }

private:
    core::unix_ms last_ = 0;
};

}  // namespace tiktok2twitch::tiktok
