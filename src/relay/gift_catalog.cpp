// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/gift_catalog.hpp"

#include <utility>

namespace tiktok2twitch::relay {

bool gift_catalog::complete(gift& what) {
    if (!what.name.empty() || what.coins != 0)
        return learn(what);
    const auto found = entries_.find(what.id);
    if (found == entries_.end())
        return false;
    what.name = found->second.name;
    what.coins = found->second.coins;
    what.streakable = found->second.streakable;
    return false;
}

bool gift_catalog::learn(const gift& what) {
    const entry fresh{what.name, what.coins, what.streakable};
    const auto [place, added] = entries_.try_emplace(what.id, fresh);
    if (!added)
        return std::exchange(place->second, fresh) != fresh;
    order_.push_back(what.id);
    if (order_.size() > limit_) {
        entries_.erase(order_.front());
        order_.pop_front();
    }
    return true;
}

}  // namespace tiktok2twitch::relay
