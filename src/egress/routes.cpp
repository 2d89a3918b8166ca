// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/egress/routes.hpp"

namespace tiktok2twitch::egress {

route_state& route_table::add(std::string tiktok, std::string channel, route_policy policy) {
    const auto id = static_cast<route_id>(routes_.size() + 1);
    auto& route = routes_[id];
    route.id = id;
    route.tiktok = std::move(tiktok);
    route.channel = std::move(channel);
    route.in_force.emplace(route_state::rules{std::move(policy), {}});
    block_words(route);
    return route;
}

void route_table::replace_policy(route_state& route, route_policy policy) {
    policy.filter.inherit(std::move(route.in_force->policy.filter));
    route.in_force->policy = std::move(policy);
    block_words(route);
}

void route_table::set_blocked_words(const std::string& channel, std::vector<std::string> words) {
    blocked_words_[channel] = std::move(words);
    for (auto& [id, route] : routes_)
        if (route.in_force && route.channel == channel)
            block_words(route);
}

void route_table::block_words(route_state& route) const {
    if (const auto words = blocked_words_.find(route.channel); words != blocked_words_.end())
        route.in_force->policy.filter.set_extra_words(words->second);
}

bool route_table::was_done(const route_state& route, std::int64_t msg_id) const {
    const auto room = done_.find(route.tiktok);
    if (room == done_.end())
        return false;
    const auto found = room->second.find(msg_id);
    return found != room->second.end() && found->second.contains(route.channel);
}

void route_table::expect_told(const std::string& tiktok, const relay::event& event) {
    if (!event.gift)
        return;
    std::size_t carriers = 0;
    each_of(tiktok, [&](const route_state& route) { carriers += route.carries(event.kind) ? 1 : 0; });
    if (carriers > 1 && !event.gift->told.empty())
        untold_[{tiktok, event.gift->told}] = carriers;
    else if (carriers == 0)
        on_told(tiktok, event);  // nobody will say it
}

void route_table::on_done(const route_state& route, const relay::event& event) {
    on_told(route.tiktok, event);
    if (event.msg_id != 0)
        marks_.push_back({route.tiktok, route.channel, event.msg_id});
}

void route_table::on_told(const std::string& tiktok, const relay::event& event) {
    if (!event.gift || event.gift->told.empty())
        return;
    if (const auto found = untold_.find({tiktok, event.gift->told}); found != untold_.end()) {
        if (--found->second > 0)
            return;
        untold_.erase(found);
    }
    note(tiktok, event.gift->told);
}

void route_table::note(const std::string& tiktok, std::string_view text) {
    if (!text.empty())
        notes_[tiktok] += text;
}

void route_table::forget_room(const std::string& tiktok) {
    done_.erase(tiktok);
    std::erase_if(untold_, [&tiktok](const auto& each) { return each.first.first == tiktok; });
}

}  // namespace tiktok2twitch::egress
