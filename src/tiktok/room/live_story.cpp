// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/room/live_story.hpp"

#include <utility>

namespace tiktok2twitch::tiktok {

std::optional<relay::event_kind> live_story::on_heard(std::int64_t room_id) {
    if (std::exchange(running_, room_id) == room_id)
        return std::nullopt;
    return relay::event_kind::live_start;
}

std::optional<relay::event_kind> live_story::on_state(room_state state) {
    switch (state) {
        case room_state::connected:
            paused_ = false;
            break;
        case room_state::paused:
            // Said again after each reconnect; and a live that was found paused has not just been paused.
            if (!std::exchange(paused_, true) && running_ != 0)
                return relay::event_kind::live_pause;
            break;
        case room_state::ended:
            paused_ = false;
            if (std::exchange(running_, 0) != 0)
                return relay::event_kind::live_end;
            break;
        default:
            break;
    }
    return std::nullopt;
}

room_state state_after(room_change change) noexcept {
    switch (change) {
        case room_change::paused:
            return room_state::paused;
        case room_change::resumed:
            return room_state::connected;
        case room_change::ended:
        case room_change::suspended:
            break;
    }
    return room_state::ended;
}

relay::event live_event(relay::event_kind news, std::string unique_id) {
    relay::event event;
    event.kind = news;
    event.from.unique_id = std::move(unique_id);
    event.from.streamer = true;
    return event;
}

}  // namespace tiktok2twitch::tiktok
