// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The egress side's decisions between the queue and the Twitch account: which routes an event takes, what
// it says there, and the books of each route. Pure: the supervisor moves the results.

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/formatter.hpp"
#include "tiktok2twitch/relay/ledger.hpp"
#include "tiktok2twitch/relay/line.hpp"
#include "tiktok2twitch/relay/sent_lines.hpp"

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
    // Why an event is not said in a channel now ("paused"); empty: it is. Asked before anything is formatted.
    using gate = std::function<std::string_view(const std::string& channel, const relay::event& event)>;
    using ticket_set = std::unordered_set<relay::event_ticket>;

    void set_gate(gate allow) { gate_ = std::move(allow); }

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
    // Messages that the gate turned away since the last call: settled for good, as those of on_settled().
    std::vector<seen_mark> take_marks();

    // Open tickets of a channel that the gate would turn away now, by its reason.
    std::map<std::string, ticket_set> silenced(const std::string& channel) const;
    // TikTok's moderators removed these messages, and everything of these users, from a room. The open
    // tickets among them; they are remembered as removed, for what is in flight may be said all the same.
    ticket_set remove(const std::string& tiktok, std::span<const std::int64_t> msg_ids,
                      std::span<const std::int64_t> user_ids);
    // What a line said. To be asked before its tickets are settled.
    struct line_content {
        std::vector<relay::said_message> messages;
        std::vector<relay::said_message> removed;  // of them, those that remove() was told of
    };
    line_content said(std::span<const relay::event_ticket> tickets) const;

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
        bool removed = false;
        relay::event_kind kind = relay::event_kind::chat;
        std::int64_t author_id = 0;
        std::string author;  // unique id
    };

    gate gate_;
    std::vector<seen_mark> turned_away_;
    std::map<relay::route_id, route_books> routes_;
    std::map<relay::route_id, relay::formatter> formatters_;  // of the routes in force
    std::unordered_map<relay::event_ticket, open_event> open_;
    relay::event_ticket next_ticket_ = 1;
    relay::route_id next_route_ = 1;
};

}  // namespace tiktok2twitch::app
