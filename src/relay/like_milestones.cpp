// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/like_milestones.hpp"

#include <utility>

namespace tiktok2twitch::relay {

void like_milestones::set_every(std::int64_t every) {
    every_ = every;
    reached_ = steps();
}

std::optional<event> like_milestones::on_like(event like) {
    if (like.total_likes <= total_)
        return std::nullopt;
    const bool first = std::exchange(total_, like.total_likes) == 0;
    if (first) {
        told_ = total_;
        reached_ = steps();
    }
    if (steps() <= reached_)
        return std::nullopt;
    reached_ = steps();
    like.total_likes = reached_ * every_;
    like.count = like.total_likes - std::exchange(told_, like.total_likes);
    return like;
}

void like_milestones::reset() {
    total_ = 0;
    reached_ = 0;
    told_ = 0;
}

}  // namespace tiktok2twitch::relay
