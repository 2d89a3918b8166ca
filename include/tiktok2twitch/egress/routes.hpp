// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The routes: their rules while they are in force, and their books for ever. Pure.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/egress/route_policy.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/kind_limits.hpp"
#include "tiktok2twitch/relay/ledger.hpp"
#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::egress {

struct route_books {
    struct rules {
        route_policy policy;
        relay::kind_limits limits;
    };

    relay::route_id id = 0;
    std::string tiktok;
    std::string channel;
    relay::ledger ledger;
    // What had to be said again because another's message on its line was deleted: outside of the ledger's
    // equation, where it was relayed once and for all, with the same equation of its own.
    relay::ledger again;
    std::optional<rules> in_force;  // nothing: the route was removed

    bool carries(relay::event_kind kind) const {
        return in_force && in_force->policy.carries[static_cast<std::size_t>(kind)];
    }
};

class route_table {
public:
    // Numbers start at 1 and are not given twice.
    route_books& add(std::string tiktok, std::string channel, route_policy policy);
    // What the filter has counted stays.
    void replace_policy(route_books& route, route_policy policy);
    // What a channel's moderators block beside the configured words; of later routes as well.
    void set_blocked_words(const std::string& channel, std::vector<std::string> words);

    const std::map<relay::route_id, route_books>& all() const noexcept { return routes_; }
    route_books& at(relay::route_id route) { return routes_.at(route); }
    const route_books& at(relay::route_id route) const { return routes_.at(route); }
    // f(route) for those of the room that are in force, in the order of their numbers.
    template <class F>
    void each_of(const std::string& tiktok, F f) {
        for (auto& [id, route] : routes_)
            if (route.in_force && route.tiktok == tiktok)
                f(route);
    }
    // Nothing: there is none in force.
    route_books* find(const std::string& tiktok, const std::string& channel);

private:
    void block(route_books& route) const;

    std::map<relay::route_id, route_books> routes_;
    std::map<std::string, std::vector<std::string>> blocked_words_;  // by channel
};

}  // namespace tiktok2twitch::egress
