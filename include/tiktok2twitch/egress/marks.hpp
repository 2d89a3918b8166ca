// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the next process has to know of messages that routes are done with: marks for the journal, and notes
// of gift streaks that were told. Pure.

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tiktok2twitch/egress/routes.hpp"
#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::egress {

// A route is done with a message, which must be in the journal from now on: it may have been said.
struct seen_mark {
    std::string tiktok;
    std::string channel;
    std::int64_t msg_id = 0;
};

// By message id: the channels that an earlier process was done with, where it was not with all.
using done_before = std::unordered_map<std::int64_t, std::set<std::string>>;

class mark_book {
public:
    // Before the first event of the room.
    void restore(const std::string& tiktok, done_before done);
    bool was_done(const route_books& route, std::int64_t msg_id) const;
    // So many routes are going to judge this event of a streak.
    void expect(const std::string& tiktok, const relay::event& event, std::size_t routes);

    // The route is done with the event. A streak was told once that is so of all its routes.
    void on_done(const route_books& route, const relay::event& event);
    void on_told(const std::string& tiktok, const relay::event& event);
    void note(const std::string& tiktok, std::string_view text);
    void forget_room(const std::string& tiktok);

    // Since the last call.
    std::vector<seen_mark> take_marks() { return std::exchange(marks_, {}); }
    std::map<std::string, std::string> take_notes() { return std::exchange(notes_, {}); }  // by room

private:
    std::vector<seen_mark> marks_;
    std::map<std::string, std::string> notes_;
    std::map<std::string, done_before> done_;                            // by room
    std::map<std::pair<std::string, std::string>, std::size_t> untold_;  // by room and note: routes to go
};

}  // namespace tiktok2twitch::egress
