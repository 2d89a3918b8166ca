// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/egress/routes.hpp"

#include <utility>

namespace tiktok2twitch::egress {

route_books& route_table::add(std::string tiktok, std::string channel, route_policy policy) {
    const auto id = static_cast<relay::route_id>(routes_.size() + 1);
    auto& route = routes_[id];
    route.id = id;
    route.tiktok = std::move(tiktok);
    route.channel = std::move(channel);
    route.in_force.emplace(route_books::rules{std::move(policy), {}});
    block(route);
    return route;
}

void route_table::replace_policy(route_books& route, route_policy policy) {
    policy.filter.inherit(std::move(route.in_force->policy.filter));
    route.in_force->policy = std::move(policy);
    block(route);
}

void route_table::set_blocked_words(const std::string& channel, std::vector<std::string> words) {
    blocked_words_.insert_or_assign(channel, std::move(words));
    for (auto& [id, route] : routes_)
        if (route.in_force && route.channel == channel)
            block(route);
}

void route_table::block(route_books& route) const {
    if (const auto words = blocked_words_.find(route.channel); words != blocked_words_.end())
        route.in_force->policy.filter.set_extra_words(words->second);
}

route_books* route_table::find(const std::string& tiktok, const std::string& channel) {
    for (auto& [id, route] : routes_)
        if (route.in_force && route.tiktok == tiktok && route.channel == channel)
            return &route;
    return nullptr;
}

}  // namespace tiktok2twitch::egress
