// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Ids that came not long ago, in little more than their eight bytes each: sorted blocks with one time for a
// whole block. Kept by age, and the newest ones however old they are. Pure.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace tiktok2twitch::tiktok {

struct recent_ids_limits {
    std::int64_t kept_for = 0;    // in the unit of the caller's clock
    std::size_t kept_always = 0;  // so many of the newest are never too old
    std::size_t most = 0;         // a bound for floods: the oldest go, whatever their age
};

class recent_ids {
public:
    static constexpr std::size_t block_size = 1024;

    explicit recent_ids(const recent_ids_limits& limits) : limits_(limits) {}

    bool contains(std::int64_t id) const noexcept;
    // `id` must be new; `now` never goes back.
    void add(std::int64_t id, std::int64_t now);

    std::size_t size() const noexcept { return size_; }
    std::size_t bytes() const noexcept;  // that the ids take

private:
    struct block {
        std::vector<std::int64_t> ids;  // sorted
        std::int64_t newest = 0;        // when the last one came
    };

    void forget(std::int64_t now);

    recent_ids_limits limits_;
    std::deque<block> blocks_;  // oldest first
    std::size_t size_ = 0;
};

}  // namespace tiktok2twitch::tiktok
