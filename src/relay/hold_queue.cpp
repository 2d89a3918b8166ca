// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/hold_queue.hpp"

#include <algorithm>
#include <utility>

namespace tiktok2twitch::relay {

std::optional<line_part> hold_queue::add(held_part held) {
    std::optional<line_part> lost;
    if (held_.size() >= most_held) {
        lost = std::move(held_.front().part);
        held_.pop_front();
    }
    held_.push_back(std::move(held));
    return lost;
}

hold_queue::due hold_queue::take_due(core::time_point now) {
    due out;
    std::erase_if(held_, [&](held_part& held) {
        if (held.until > now)
            return false;
        if (held.release_after) {
            held.part.received_at = now;
            out.said.push_back(std::move(held.part));
        } else {
            out.denied.push_back(std::move(held.part));
        }
        return true;
    });
    return out;
}

std::vector<line_part> hold_queue::release(core::time_point now) {
    std::vector<line_part> out;
    std::erase_if(held_, [&](held_part& held) {
        if (!held.release_after)
            return false;
        held.part.received_at = now;
        out.push_back(std::move(held.part));
        return true;
    });
    return out;
}

core::time_point hold_queue::deadline() const {
    auto at = core::time_point::max();
    for (const auto& held : held_)
        at = std::min(at, held.until);
    return at;
}

std::optional<line_part> hold_queue::take_oldest(std::string_view channel) {
    const auto found = std::find_if(held_.begin(), held_.end(),
                                    [&](const held_part& held) { return held.channel == channel; });
    if (found == held_.end())
        return std::nullopt;
    auto part = std::move(found->part);
    held_.erase(found);
    return part;
}

std::optional<line_part> hold_queue::approve(std::string_view channel, core::time_point now) {
    auto part = take_oldest(channel);
    if (part)
        part->received_at = now;
    return part;
}

std::optional<line_part> hold_queue::deny(std::string_view channel) {
    return take_oldest(channel);
}

std::vector<line_part> hold_queue::remove(const std::function<bool(const line_part&)>& which) {
    std::vector<line_part> removed;
    std::erase_if(held_, [&](held_part& held) {
        if (!which(held.part))
            return false;
        removed.push_back(std::move(held.part));
        return true;
    });
    return removed;
}

std::size_t hold_queue::count(route_id route) const {
    return static_cast<std::size_t>(std::count_if(
        held_.begin(), held_.end(), [&](const held_part& held) { return held.part.route == route; }));
}

std::size_t hold_queue::count(std::string_view channel) const {
    return static_cast<std::size_t>(std::count_if(
        held_.begin(), held_.end(), [&](const held_part& held) { return held.channel == channel; }));
}

}  // namespace tiktok2twitch::relay
