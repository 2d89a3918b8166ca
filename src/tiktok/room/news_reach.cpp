// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/room/news_reach.hpp"

#include <algorithm>

namespace tiktok2twitch::tiktok {
namespace {

core::unix_ms in_ms(core::duration span) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
}

}  // namespace

void news_reach::on_elsewhere(core::time_point at) {
    elsewhere_ = elsewhere_ ? std::max(*elsewhere_, at) : at;
}

core::unix_ms news_reach::since(core::time_point now, core::unix_ms server_now) const {
    if (!elsewhere_)
        return nothing;
    const core::unix_ms oldest = server_now - in_ms(oldest_);
    core::unix_ms from = server_now - in_ms(now - *elsewhere_ + slack);
    // Lookups lag: the live may have begun a little before the last one that did not know of it. A start
    // long before that belongs to a live that a lookup has called over by mistake.
    if (started_at_ != 0 && started_at_ < from && started_at_ >= oldest)
        from = started_at_;
    return std::max(from, oldest);
}

}  // namespace tiktok2twitch::tiktok
