// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <utility>
#include <vector>

namespace tiktok2twitch::twitch {

// What waits to be collected: the newest `Most`, should the caller not come for a while.
template <class T, std::size_t Most>
class bounded_list {
public:
    void push(T item) {
        if (items_.size() >= Most)
            items_.pop_front();
        items_.push_back(std::move(item));
    }
    std::vector<T> take() {
        const auto items = std::exchange(items_, {});
        return {items.begin(), items.end()};
    }

private:
    std::deque<T> items_;  // oldest first
};

}  // namespace tiktok2twitch::twitch
