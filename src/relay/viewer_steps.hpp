// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Which of the viewer counts, one every 2 s, are worth telling: the first, then what has changed by a
// quarter, at most once a minute (in a small room one viewer is a quarter), and otherwise one in 5 minutes.

#include <cstdint>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::relay {

class viewer_steps {
public:
    static constexpr core::duration least = std::chrono::minutes(1);
    static constexpr core::duration most = std::chrono::minutes(5);

    bool is_news(std::int64_t viewers, core::time_point now);

    std::int64_t current() const noexcept { return current_; }  // 0: unknown
    void reset() { *this = {}; }

private:
    std::int64_t current_ = 0;
    std::int64_t told_ = 0;
    core::time_point told_at_{};
};

}  // namespace tiktok2twitch::relay
