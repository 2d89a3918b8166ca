// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/hold_queue.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tiktok2twitch::relay {

std::optional<line_part> hold_queue::add(held_part held) {
    std::optional<line_part> lost;
    if (held_.size() >= most_held) {
        const auto least = first_of_the_busiest();
        lost = std::move(least->part);
        held_.erase(least);
    }
    held_.push_back(std::move(held));
    return lost;
}

std::deque<held_part>::iterator hold_queue::first_of_the_busiest() {
    std::map<std::pair<route_id, std::int64_t>, std::size_t> written;
    const auto count_of = [&written](const held_part& held) -> std::size_t& {
        return written[{held.part.route, held.part.author_id}];
    };
    for (const auto& held : held_)
        ++count_of(held);
    return std::max_element(held_.begin(), held_.end(), [&](const held_part& left, const held_part& right) {
        return count_of(left) < count_of(right);
    });
}

std::optional<core::time_point> hold_queue::waits_until(route_id route, std::int64_t author_id) const {
    std::optional<core::time_point> until;
    for (const auto& held : held_)
        if (held.release_after && held.part.route == route && held.part.author_id == author_id)
            until = std::max(until.value_or(held.until), held.until);
    return until;
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

void hold_queue::for_each(std::string_view channel, const std::function<void(held_part&)>& change) {
    for (auto& held : held_)
        if (held.channel == channel)
            change(held);
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
