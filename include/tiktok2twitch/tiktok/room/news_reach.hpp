// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// How far back the history that TikTok sends on a connect is news. Usually not at all: who joins a running
// live does not tell what was said before. But a live that began while we were looking is ours from its
// start, although the next lookup comes only half a minute later; so is one that goes on under a new room id.
// Pure. TikTok's clock is compared only with itself: ours may be wrong by hours.

#include <limits>
#include <optional>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::tiktok {

class news_reach {
public:
    static constexpr core::unix_ms nothing = std::numeric_limits<core::unix_ms>::max();
    // Times on the wire are whole seconds now and then, and a lookup's answer takes a moment.
    static constexpr core::duration slack = std::chrono::seconds(2);

    // `oldest`: what is older is no news however we came to it (max_age and one interval between lookups).
    explicit news_reach(core::duration oldest) : oldest_(oldest) {}

    // At `at` the account was not live, or was live in another room than the one that is found next.
    void on_elsewhere(core::time_point at);
    // The live that a lookup has found began at `started_at` of TikTok's clock; 0: not told.
    void on_found(core::unix_ms started_at) noexcept { started_at_ = started_at; }

    // TikTok's clock shows `server_now` at `now`: what was written since then is news. `nothing` when all
    // history is old.
    core::unix_ms since(core::time_point now, core::unix_ms server_now) const;

private:
    core::duration oldest_;
    std::optional<core::time_point> elsewhere_;
    core::unix_ms started_at_ = 0;
};

}  // namespace tiktok2twitch::tiktok
