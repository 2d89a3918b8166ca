// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::twitch {

// Whether somebody else uses the account at the moment: from the first line that we did not say until ten
// minutes after the last one. Who typed here types elsewhere, too, where we do not listen. Pure.
class used_elsewhere {
public:
    static constexpr core::duration stays = std::chrono::minutes(10);

    // True if that is news.
    bool on_line(core::time_point now) {
        const bool news = !in_force(now);
        until_ = now + stays;
        told_ = true;
        return news;
    }
    bool in_force(core::time_point now) const noexcept { return now < until_; }
    core::time_point until() const noexcept { return until_; }
    core::duration left(core::time_point now) const noexcept {
        return in_force(now) ? until_ - now : core::duration{};
    }
    // It is over: true once.
    bool take_end(core::time_point now) {
        if (!told_ || in_force(now))
            return false;
        told_ = false;
        return true;
    }

private:
    core::time_point until_ = core::time_point::min();
    bool told_ = false;
};

}  // namespace tiktok2twitch::twitch
