// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Keys that were seen not long ago: bounded in time and in number.

#include <cstddef>
#include <deque>
#include <set>
#include <utility>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::relay {

template <class Key>
class recent_keys {
public:
    recent_keys(core::duration memory, std::size_t limit) : memory_(memory), limit_(limit) {}

    bool contains(const Key& key, core::time_point now) {
        while (!order_.empty() && now - order_.front().first >= memory_)
            forget_oldest();
        return keys_.contains(key);
    }

    // Not prolonged when it is known already.
    void remember(const Key& key, core::time_point now) {
        if (!keys_.insert(key).second)
            return;
        order_.emplace_back(now, key);
        if (order_.size() > limit_)
            forget_oldest();
    }

private:
    void forget_oldest() {
        keys_.erase(order_.front().second);
        order_.pop_front();
    }

    core::duration memory_;
    std::size_t limit_;
    std::set<Key> keys_;
    std::deque<std::pair<core::time_point, Key>> order_;  // oldest first
};

}  // namespace tiktok2twitch::relay
