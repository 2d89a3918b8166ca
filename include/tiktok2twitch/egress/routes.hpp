// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The routes with their rules and ledgers, and what the next process must know of messages that routes are
// done with: marks for the journal, notes of gift streaks that were told. Pure.

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/filter/message_filter.hpp"
#include "tiktok2twitch/relay/format/formatter.hpp"
#include "tiktok2twitch/relay/ledger.hpp"
#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::egress {

using core::time_point;
using relay::event_ticket;
using relay::line_part;
using relay::route_id;
using relay::shared_event;

// What a route carries, lets through and says: the configuration, made ready for one route.
struct route_policy {
    std::bitset<relay::event_kinds> carries;  // enabled kinds that this route wants, by event_kind
    relay::event_options events;
    relay::formatter formatter;
    relay::message_filter filter;
    relay::emoji_table emoji;  // what bracket codes say, put in before the filter looks at the text
};

struct route_state {
    struct rules {
        route_policy policy;
        relay::kind_limits limits;
    };

    route_id id = 0;
    std::string tiktok;
    std::string channel;
    relay::ledger ledger;
    // What had to be said again because another's message on its line was deleted: outside of the ledger's
    // equation, where it was relayed once and for all, with the same equation of its own.
    relay::ledger again;
    std::optional<rules> in_force;  // nothing: the route was removed; its counts stay

    bool carries(relay::event_kind kind) const {
        return in_force && in_force->policy.carries[static_cast<std::size_t>(kind)];
    }
};

// A route is done with a message, which must be in the journal from now on: it may have been said.
struct seen_mark {
    std::string tiktok;
    std::string channel;
    std::int64_t msg_id = 0;
};

// By message id: the channels that an earlier process was done with, where it was not with all.
using done_before = std::unordered_map<std::int64_t, std::set<std::string>>;

class route_table {
public:
    route_state& add(std::string tiktok, std::string channel, route_policy policy);
    // What the filter has counted stays.
    void replace_policy(route_state& route, route_policy policy);
    // What a channel's moderators block beside the configured words, on later routes as well.
    void set_blocked_words(const std::string& channel, std::vector<std::string> words);
    const std::map<route_id, route_state>& all() const noexcept { return routes_; }
    route_state& at(route_id route) { return routes_.at(route); }
    const route_state& at(route_id route) const { return routes_.at(route); }
    // f(route) for those of the room that are in force, in the order of their numbers.
    template <class F>
    void each_of(const std::string& tiktok, F f) {
        for (auto& [id, route] : routes_)
            if (route.in_force && route.tiktok == tiktok)
                f(route);
    }

    // Before the first event of the room.
    void restore_done(const std::string& tiktok, done_before done) { done_[tiktok] = std::move(done); }
    bool was_done(const route_state& route, std::int64_t msg_id) const;
    // The routes of the room that carry the event judge it now, and call on_done() one by one.
    void expect_told(const std::string& tiktok, const relay::event& event);
    void on_done(const route_state& route, const relay::event& event);
    // A streak was told once this was said for all its routes.
    void on_told(const std::string& tiktok, const relay::event& event);
    void note(const std::string& tiktok, std::string_view text);
    void forget_room(const std::string& tiktok);
    // Since the last call; the notes by room.
    std::vector<seen_mark> take_marks() { return std::exchange(marks_, {}); }
    std::map<std::string, std::string> take_notes() { return std::exchange(notes_, {}); }

private:
    void block_words(route_state& route) const;

    std::map<route_id, route_state> routes_;
    std::map<std::string, std::vector<std::string>> blocked_words_;  // by channel
    std::vector<seen_mark> marks_;
    std::map<std::string, std::string> notes_;
    std::map<std::string, done_before> done_;                            // by room; what can still come again
    std::map<std::pair<std::string, std::string>, std::size_t> untold_;  // by room and note: routes to go
};

}  // namespace tiktok2twitch::egress
