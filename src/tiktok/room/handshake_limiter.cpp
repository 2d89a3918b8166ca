// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/room/handshake_limiter.hpp"

#include <algorithm>

namespace tiktok2twitch::tiktok {

void handshake_limiter::on_handshake(core::time_point now, bool entered) {
    recent_.push_back(now);
    if (recent_.size() > most)
        recent_.pop_front();
    paid_until_ = std::max(paid_until_, now) + spacing;
    failed_ = !entered;
}

std::size_t handshake_limiter::used(core::time_point now) const {
    const auto counts = [now](core::time_point at) {
        return at > now - window;
    };
    return static_cast<std::size_t>(std::ranges::count_if(recent_, counts));
}

core::time_point handshake_limiter::earliest(core::time_point now) const {
    const std::size_t lately = used(now);
    if (lately < at_once)
        return now;
    if (lately >= most)
        return std::max(recent_.front() + window, recent_.back() + wide_spacing);
    if (lately >= spaced)
        return recent_.back() + wide_spacing;
    const core::time_point paid = paid_until_ - (at_once - 1) * spacing;
    return failed_ ? std::max(paid, recent_.back() + after_failure) : paid;
}

}  // namespace tiktok2twitch::tiktok
