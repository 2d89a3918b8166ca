// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/moderation/hold_queue.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tiktok2twitch::relay {

hold_queue::added hold_queue::add(held_part held) {
    added out;
    if (held_.size() >= most_held) {
        const auto least = first_of_the_busiest();
        count_change(*least);
        out.lost = std::move(least->part);
        held_.erase(least);
    }
    held.number = out.number = held.release_after ? 0 : ++last_number_;
    count_change(held);
    held_.push_back(std::move(held));
    return out;
}

void hold_queue::restore(held_part held) {
    start_after(held.number);
    count_change(held);
    held_.push_back(std::move(held));
}

void hold_queue::start_after(std::uint64_t last) {
    last_number_ = std::max(last_number_, last);
}

void hold_queue::ask(held_part& held, core::time_point until) {
    held.release_after = false;
    held.until = until;
    held.number = ++last_number_;
    count_change(held);
}

std::optional<std::string> hold_queue::channel_of(std::uint64_t number) const {
    const auto found = std::ranges::find(held_, number, &held_part::number);
    return number == 0 || found == held_.end() ? std::nullopt : std::optional(found->channel);
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

template <class Which>
std::vector<line_part> hold_queue::extract(Which which) {
    std::vector<line_part> out;
    std::erase_if(held_, [&](held_part& held) {
        if (!which(held))
            return false;
        count_change(held);
        out.push_back(std::move(held.part));
        return true;
    });
    return out;
}

hold_queue::due hold_queue::take_due(core::time_point now) {
    due out;
    out.said = extract([now](const held_part& held) { return held.until <= now && held.release_after; });
    out.denied = extract([now](const held_part& held) { return held.until <= now; });
    for (auto& part : out.said)
        part.received_at = now;
    return out;
}

std::vector<line_part> hold_queue::release(core::time_point now) {
    auto out = extract([](const held_part& held) { return held.release_after; });
    for (auto& part : out)
        part.received_at = now;
    return out;
}

core::time_point hold_queue::deadline() const {
    auto at = core::time_point::max();
    for (const auto& held : held_)
        at = std::min(at, held.until);
    return at;
}

std::vector<std::uint64_t> hold_queue::undecided(std::string_view channel) const {
    std::vector<std::uint64_t> out;
    for (const auto& held : held_)
        if (held.channel == channel && !held.release_after)
            out.push_back(held.number);
    return out;
}

std::optional<line_part> hold_queue::take(std::string_view channel, std::uint64_t number) {
    if (number == 0) {
        const auto all = undecided(channel);
        if (all.size() != 1)
            return std::nullopt;
        number = all.front();
    }
    const auto found = std::find_if(held_.begin(), held_.end(), [&](const held_part& held) {
        return held.channel == channel && held.number == number;
    });
    if (found == held_.end())
        return std::nullopt;
    auto part = std::move(found->part);
    count_change(*found);
    held_.erase(found);
    return part;
}

std::optional<line_part> hold_queue::approve(std::string_view channel, std::uint64_t number,
                                             core::time_point now) {
    auto part = take(channel, number);
    if (part)
        part->received_at = now;
    return part;
}

std::optional<line_part> hold_queue::deny(std::string_view channel, std::uint64_t number) {
    return take(channel, number);
}

std::vector<line_part> hold_queue::remove(const std::function<bool(const line_part&)>& which) {
    return extract([&which](const held_part& held) { return which(held.part); });
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

}  // namespace tiktok2twitch::relay
