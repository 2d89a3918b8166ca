// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "relay/recent_users.hpp"
#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/relay/filter_options.hpp"

namespace tiktok2twitch::relay {

// At most so many comments of one user in any window. What was refused is not counted.
class rate_counter {
public:
    static constexpr std::size_t most_users = 10'000;
    static constexpr std::size_t most_count = 100;  // of user_rate::count: what bounds the memory (8 MB)

    bool admit(std::int64_t user, const user_rate& limit, core::time_point now);
    std::size_t users() const noexcept { return said_.size(); }

private:
    recent_users<std::vector<core::time_point>, most_users> said_;
};

}  // namespace tiktok2twitch::relay
