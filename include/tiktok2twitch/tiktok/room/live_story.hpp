// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// When a live begins, pauses and ends, each said once: connections come and go within a live and are not
// to be announced (docs/protocol/tiktok.md §5.7).

#include <cstdint>
#include <optional>
#include <string>

#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/tiktok/room/room_watch.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"

namespace tiktok2twitch::tiktok {

class live_story {
public:
    // `running`: the room heard last, by an earlier process; its live was told already. 0: none.
    explicit live_story(std::int64_t running) : running_(running) {}

    // A connection to `room_id` brought something: live_start when this live is new. Not at the mere
    // connect: a socket that opens and stays silent has shown nothing of the live.
    std::optional<relay::event_kind> on_heard(std::int64_t room_id);
    // live_pause, or live_end, of a live that was told to have started. Nothing when it goes on after a
    // pause: it has not started again.
    std::optional<relay::event_kind> on_state(room_state state);

private:
    std::int64_t running_;
    bool paused_ = false;
};

// What the room's state is once the change has been acted on: a connection that brings an end is closed.
room_state state_after(room_change change) noexcept;

// TikTok has no message for these, so there is no msg_id; the streamer speaks. Leaves the times for the
// caller.
relay::event live_event(relay::event_kind news, std::string unique_id);

}  // namespace tiktok2twitch::tiktok
