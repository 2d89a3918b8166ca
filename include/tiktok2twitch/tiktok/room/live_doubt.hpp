// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// While connected: whether the live is still the one to be connected to. A live can end, or go on under
// another room id, without a word, while its socket goes on answering heartbeats (docs/protocol/tiktok.md
// §5.7). Pure.
//
// Messages are signs of life. An interval without any, or two without one that a person caused (counters go
// on in an empty room), is the time to ask TikTok: the lookup first, which knows the next room as well, and
// when that does not say "live", whether this room is alive. No answer counts against a room in which people
// were heard within the last interval. One question at most is asked in an interval, as while offline.

#include <cstdint>
#include <optional>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/tiktok/wire/room_page.hpp"

namespace tiktok2twitch::tiktok {

class live_doubt {
public:
    enum class step : std::uint8_t { listen, ask_lookup, ask_alive, leave };

    // Denials in a row that are believed when nothing else speaks for the end.
    static constexpr int weak_denials = 2;

    // Connected to `room_id` at `now`.
    live_doubt(std::int64_t room_id, core::duration interval, core::time_point now);

    // Messages came; `people`: somebody did something.
    void on_messages(core::time_point now, bool people);

    step next(core::time_point now);
    // While next() says listen: when it may say something else. Later when messages come meanwhile.
    core::time_point due() const;
    void on_lookup(core::time_point now, const core::result<room_status>& answer);
    void on_alive(core::time_point now, const core::result<bool>& answer);

    // After `leave`: the live that is on now; nothing when the account is not live.
    const std::optional<room_status>& elsewhere() const noexcept { return elsewhere_; }
    bool heard() const noexcept { return heard_; }
    core::time_point heard_at() const noexcept {
        return messages_at_;
    }  // the connection's start when nothing was

private:
    bool people_near(core::time_point now) const { return now - people_at_ < interval_ && heard_people_; }

    std::int64_t room_id_;
    core::duration interval_;
    core::time_point messages_at_;
    core::time_point people_at_;
    core::time_point asked_at_;
    step step_ = step::listen;
    bool heard_ = false;
    bool heard_people_ = false;
    bool not_live_ = false;  // the lookup of this round said so
    int denials_ = 0;        // in a row
    std::optional<room_status> elsewhere_;
};

}  // namespace tiktok2twitch::tiktok
