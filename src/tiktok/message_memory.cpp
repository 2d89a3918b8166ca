// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/message_memory.hpp"

#include <algorithm>

namespace tiktok2twitch::tiktok {

void message_memory::on_connected(std::int64_t room_id, core::unix_ms now) {
    // A wall clock that was set back counts as no gap: the ids still protect from repeats.
    fills_gap_ = room_id_ == room_id && alive_at_ != 0 && now - alive_at_ <= max_gap;
}

void message_memory::on_alive(std::int64_t room_id, core::unix_ms now) {
    room_id_ = room_id;
    alive_at_ = now;
}

message_memory::verdict message_memory::judge(std::int64_t msg_id, core::unix_ms created_at, bool history,
                                              relay::event_kind kind) {
    const bool comment = kind == relay::event_kind::chat || kind == relay::event_kind::emote_chat;
    if (!remember(msg_id, comment ? comments_ : others_))
        return verdict::duplicate;
    if (!history)
        return verdict::fresh;
    if (!fills_gap_) {
        floor_ = std::max(floor_, created_at);
        return verdict::history;
    }
    // Not older than what was left out on purpose; without a time only the id can tell.
    return created_at == 0 || created_at > floor_ ? verdict::fresh : verdict::history;
}

void message_memory::restore_id(std::int64_t msg_id) {
    remember(msg_id, comments_);
}

void message_memory::restore_floor(core::unix_ms floor) noexcept {
    floor_ = std::max(floor_, floor);
}

// False when it was known. Messages without an id cannot be told apart and are never known.
bool message_memory::remember(std::int64_t msg_id, std::deque<std::int64_t>& order) {
    if (msg_id == 0)
        return true;
    if (!ids_.insert(msg_id).second)
        return false;
    order.push_back(msg_id);
    if (order.size() > max_ids) {
        ids_.erase(order.front());
        order.pop_front();
    }
    return true;
}

}  // namespace tiktok2twitch::tiktok
