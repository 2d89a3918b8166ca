// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/intake.hpp"

#include <utility>

namespace tiktok2twitch::app {

room_feed::room_feed(room_index room, intake_queue& queue, state_handler on_state)
    : room_(room), queue_(queue), on_state_(std::move(on_state)) {}

void room_feed::on_event(relay::event event) {
    intake_item item{room_, std::move(event)};
    if (!queue_.push(std::move(item)))
        lost_.fetch_add(1, std::memory_order_release);
}

void room_feed::on_ignored(std::int64_t msg_id, core::unix_ms created_at, tiktok::ignore_reason why) {
    intake_item item{room_, ignored_message{msg_id, created_at, why}};
    queue_.push(std::move(item));
}

void room_feed::on_deletion(tiktok::deletion what) {
    intake_item item{room_, std::move(what)};
    queue_.push(std::move(item));
}

void room_feed::on_alive(std::int64_t room_id, core::unix_ms now) {
    intake_item item{room_, alive_mark{room_id, now}};
    queue_.push(std::move(item));
}

void room_feed::on_state(tiktok::room_state state, core::error_code reason, std::string_view detail) {
    on_state_(room_, state, reason, std::string(detail));
}

}  // namespace tiktok2twitch::app
