// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/rate_counter.hpp"

namespace tiktok2twitch::relay {

bool rate_counter::admit(std::int64_t user, const user_rate& limit, core::time_point now) {
    if (limit.count == 0)
        return true;
    std::vector<core::time_point>& times = said_.touch(user);
    std::erase_if(times, [&](core::time_point then) { return now - then >= limit.window; });
    if (times.size() >= limit.count)
        return false;
    times.push_back(now);
    return true;
}

}  // namespace tiktok2twitch::relay
