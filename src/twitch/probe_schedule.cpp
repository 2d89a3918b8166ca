// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "twitch/probe_schedule.hpp"

#include <algorithm>
#include <utility>

namespace tiktok2twitch::twitch {

core::duration probe_schedule::gap() const {
    core::duration gap = first;
    for (unsigned i = 0; i < step_ && gap < longest; ++i)
        gap *= 2;
    return std::min(gap, longest);
}

void probe_schedule::begin(core::time_point now, bool news) {
    const bool anew = news || next_ == core::time_point::max();
    if (anew)
        step_ = 0;
    if (!by_hand_ && (anew || next_ <= now))
        next_ = now + gap();
}

void probe_schedule::ask_now(core::time_point now) {
    next_ = std::max(now, asked_ ? *asked_ + shortest : now);
    by_hand_ = true;
}

void probe_schedule::on_asked(core::time_point now) {
    asked_ = now;
    if (!std::exchange(by_hand_, false))
        ++step_;
    next_ = now + gap();
}

void probe_schedule::end() {
    next_ = core::time_point::max();
    by_hand_ = false;
}

}  // namespace tiktok2twitch::twitch
