// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/recent_ids.hpp"

#include <algorithm>

namespace tiktok2twitch::tiktok {

bool recent_ids::contains(std::int64_t id) const noexcept {
    // The newest first: what comes twice mostly comes soon. TikTok's ids grow with time, so that a look at
    // both ends of a block is mostly enough.
    return std::any_of(blocks_.rbegin(), blocks_.rend(), [id](const block& each) {
        return each.ids.front() <= id && id <= each.ids.back() &&
               std::binary_search(each.ids.begin(), each.ids.end(), id);
    });
}

void recent_ids::add(std::int64_t id, std::int64_t now) {
    if (blocks_.empty() || blocks_.back().ids.size() >= block_size) {
        if (!blocks_.empty())
            blocks_.back().ids.shrink_to_fit();
        blocks_.emplace_back();
    }
    auto& last = blocks_.back();
    last.ids.insert(std::upper_bound(last.ids.begin(), last.ids.end(), id), id);
    last.newest = now;
    ++size_;
    forget(now);
}

void recent_ids::forget(std::int64_t now) {
    while (blocks_.size() > 1) {
        const auto& oldest = blocks_.front();
        const auto left = size_ - oldest.ids.size();
        const bool too_old = now - oldest.newest > limits_.kept_for && left >= limits_.kept_always;
        if (!too_old && size_ <= limits_.most)
            return;
        size_ = left;
        blocks_.pop_front();
    }
}

std::size_t recent_ids::bytes() const noexcept {
    std::size_t out = 0;
    for (const auto& each : blocks_)
        out += sizeof(each) + each.ids.capacity() * sizeof(std::int64_t);
    return out;
}

}  // namespace tiktok2twitch::tiktok
