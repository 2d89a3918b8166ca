// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/kind_limits.hpp"

namespace tiktok2twitch::relay {

bool kind_limits::take(event_kind kind, std::size_t per_minute, core::time_point now) {
    auto& said = said_[static_cast<std::size_t>(kind)];
    while (!said.empty() && said.front() + window <= now)
        said.pop_front();
    if (per_minute == 0) {
        said.clear();
        return true;
    }
    if (said.size() >= per_minute)
        return false;
    said.push_back(now);
    return true;
}

}  // namespace tiktok2twitch::relay
