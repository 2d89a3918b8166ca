// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/ways/comment_overlap.hpp"

namespace tiktok2twitch::tiktok {
namespace {

std::uint8_t bit(std::size_t way) {
    return static_cast<std::uint8_t>(1U << way);
}

}  // namespace

void comment_overlap::on_comment(core::time_point now, std::size_t way, std::int64_t msg_id) {
    if (msg_id == 0)
        return;
    const auto [found, fresh] = ways_.try_emplace(msg_id, bit(way));
    if (fresh)
        order_.push_back({now, msg_id});
    else
        found->second = static_cast<std::uint8_t>(found->second | bit(way));
    while (order_.size() > most || now - order_.front().first > kept_for) {
        ways_.erase(order_.front().id);
        order_.pop_front();
    }
}

void comment_overlap::clear() {
    order_.clear();
    ways_.clear();
}

comment_overlap::counts comment_overlap::count(core::time_point now, std::size_t way, std::size_t other,
                                               core::time_point since) const {
    counts out;
    for (const entry& each : order_) {
        if (each.first < since || now - each.first < settling)
            continue;
        const std::uint8_t by = ways_.at(each.id);
        const bool own = (by & bit(way)) != 0;
        const bool theirs = (by & bit(other)) != 0;
        out.own += own ? 1 : 0;
        out.other += theirs ? 1 : 0;
        out.missing += theirs && !own ? 1 : 0;
    }
    return out;
}

bool comment_overlap::keeps_up(core::time_point now, std::size_t way, std::size_t other,
                               core::time_point since) const {
    const counts seen = count(now, way, other, since);
    return seen.missing * 10 <= seen.other;
}

bool comment_overlap::is_mute(core::time_point now, std::size_t way, std::size_t other,
                              core::time_point since) const {
    const counts seen = count(now, way, other, since);
    return seen.own == 0 && seen.other >= proof;
}

}  // namespace tiktok2twitch::tiktok
