// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/viewer_steps.hpp"

#include <cmath>

namespace tiktok2twitch::relay {

bool viewer_steps::is_news(std::int64_t viewers, core::time_point now) {
    if (viewers <= 0)
        return false;
    current_ = viewers;
    if (told_ != 0) {
        const auto change = std::abs(static_cast<double>(viewers) - static_cast<double>(told_));
        const bool much = change * 4 >= static_cast<double>(told_);
        const core::duration silent = now - told_at_;
        if (silent < least || (!much && silent < most))
            return false;
    }
    told_ = viewers;
    told_at_ = now;
    return true;
}

}  // namespace tiktok2twitch::relay
