// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/client/input_room.hpp"

#include <utility>

namespace tiktok2twitch::tiktok {
namespace {

constexpr core::unix_ms alive_every = 60'000;

}  // namespace

input_room::input_room(std::string unique_id, message_memory& memory, room_listener& listener)
    : unique_id_(std::move(unique_id)), memory_(memory), listener_(listener), live_(memory.room_id()) {}

void input_room::on_frame(const recorded_frame& frame, core::time_point now, core::unix_ms wall) {
    listener_.on_frame(frame.way.empty() ? "stdin" : frame.way, frame.text, frame.frame, now);
    decoded_batch batch = session_.read(frame, now);
    if (!std::exchange(begun_, true))
        memory_.on_connected(room_number, wall);
    memory_.on_alive(room_number, wall);
    // What a room says after its end still counts, but only the next connection shows a live again.
    over_ = over_ && !batch.opening;
    if (!over_) {
        if (told_ != room_state::paused)
            tell(room_state::connected);
        tell_live(live_.on_heard(room_number), now, wall);
    }
    for (decoded_event& event : batch.events)
        judge(std::move(event));
    for (deletion& what : batch.deletions)
        listener_.on_deletion(std::move(what));
    if (batch.unread.any())
        listener_.on_unread(batch.unread);
    if (wall - told_alive_ >= alive_every || wall < told_alive_) {
        told_alive_ = wall;
        listener_.on_alive(room_number, wall);
    }
    if (batch.change && !over_) {
        const room_state state = state_after(*batch.change);
        over_ = state == room_state::ended;
        tell(state);
        tell_live(live_.on_state(state), now, wall);
    }
}

void input_room::judge(decoded_event event) {
    const std::int64_t id = event.what.msg_id;
    const core::unix_ms created_at = event.what.created_at;
    switch (memory_.judge(id, created_at, event.history, event.what.kind)) {
        case message_memory::verdict::fresh:
            listener_.on_event(std::move(event.what));
            break;
        case message_memory::verdict::duplicate:
            listener_.on_ignored(id, created_at, ignore_reason::duplicate);
            break;
        case message_memory::verdict::history:
            listener_.on_ignored(id, created_at, ignore_reason::history);
            break;
    }
}

void input_room::tell(room_state state) {
    if (told_ == state)
        return;
    told_ = state;
    room_report report;
    report.state = state;
    listener_.on_state(report);
}

void input_room::tell_live(std::optional<relay::event_kind> news, core::time_point now, core::unix_ms wall) {
    if (!news)
        return;
    relay::event event = live_event(*news, unique_id_);
    event.created_at = wall;
    event.received_at = now;
    listener_.on_event(std::move(event));
}

}  // namespace tiktok2twitch::tiktok
