// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The egress side's decisions between the queue and the Twitch account: which routes an event takes, what
// it says there, and the books of each route. Pure: the supervisor moves the results.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/formatter.hpp"
#include "tiktok2twitch/relay/ledger.hpp"
#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::app {

// A message whose id must be in the journal from now on: it may have been said.
struct seen_mark {
    std::string tiktok;
    std::int64_t msg_id = 0;
};

struct route_books {
    std::string tiktok;
    std::string channel;
    relay::ledger ledger;
};

class pipeline {
public:
    // Routes keep their number for ever; the books of a removed route stay for the report.
    relay::route_id add_route(std::string tiktok, std::string channel, relay::formatter formatter);
    void remove_route(relay::route_id route);
    void replace_formatter(relay::route_id route, relay::formatter formatter);

    // The parts to push to the account, one for each route of that room; what a route has nothing to say
    // about is booked as filtered.
    std::vector<relay::line_part> on_event(const std::string& tiktok, const relay::event& event);
    // Events that never reached this side (the queue was full).
    void on_lost(const std::string& tiktok, std::uint64_t events);
    void on_ignored(const std::string& tiktok, std::string_view reason);

    // Books an outcome. Returns a mark when this settles a message for good; a message that was still
    // waiting at shutdown gets none, so that the next start may fetch it from the room's history.
    std::vector<seen_mark> on_settled(const relay::settlement& settlement);
    // The line that carries these events is about to be written.
    std::vector<seen_mark> on_line(std::span<const relay::event_ticket> tickets);

    const std::map<relay::route_id, route_books>& routes() const noexcept { return routes_; }
    std::size_t open_tickets() const noexcept { return open_.size(); }

private:
    struct open_event {
        relay::route_id route = 0;
        std::int64_t msg_id = 0;
        bool marked = false;
    };

    std::map<relay::route_id, route_books> routes_;
    std::map<relay::route_id, relay::formatter> formatters_;  // of the routes in force
    std::unordered_map<relay::event_ticket, open_event> open_;
    relay::event_ticket next_ticket_ = 1;
    relay::route_id next_route_ = 1;
};

}  // namespace tiktok2twitch::app
