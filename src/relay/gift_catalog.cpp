// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/gift_catalog.hpp"

#include <utility>

namespace tiktok2twitch::relay {

void gift_catalog::complete(gift& what) {
    if (!what.name.empty() || what.coins != 0)
        return learn(what);
    const auto found = entries_.find(what.id);
    if (found == entries_.end())
        return;
    what.name = found->second.name;
    what.coins = found->second.coins;
    what.streakable = found->second.streakable;
}

void gift_catalog::learn(const gift& what) {
    const auto [place, added] =
        entries_.insert_or_assign(what.id, entry{what.name, what.coins, what.streakable});
    if (!added)
        return;
    order_.push_back(what.id);
    if (order_.size() > limit_) {
        entries_.erase(order_.front());
        order_.pop_front();
    }
}

}  // namespace tiktok2twitch::relay
