// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A room that is read from a recording as it comes, in place of a connection: what frames bring is judged and
// passed on as room_client does it. Nothing is asked of TikTok. On the ingest loop.

#include <string>

#include "tiktok2twitch/tiktok/client/room_client.hpp"
#include "tiktok2twitch/tiktok/recording/recorded_session.hpp"
#include "tiktok2twitch/tiktok/room/live_story.hpp"

namespace tiktok2twitch::tiktok {

class input_room {
public:
    // The frames do not say which live they are of.
    static constexpr std::int64_t room_number = 1;

    input_room(std::string unique_id, message_memory& memory, room_listener& listener);

    // `wall`: ms since 1970.
    void on_frame(const recorded_frame& frame, core::time_point now, core::unix_ms wall);

    frame_counts counts() const { return session_.counts(); }

private:
    void judge(decoded_event event);
    void tell(room_state state);
    void tell_live(std::optional<relay::event_kind> news, core::time_point now, core::unix_ms wall);

    std::string unique_id_;
    message_memory& memory_;
    room_listener& listener_;
    recorded_session session_;
    live_story live_;
    bool begun_ = false;
    bool over_ = false;
    core::unix_ms told_alive_ = 0;
    std::optional<room_state> told_;
};

}  // namespace tiktok2twitch::tiktok
