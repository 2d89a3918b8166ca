// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/room/message_memory.hpp"

#include <algorithm>

namespace tiktok2twitch::tiktok {

bool recent_ids::contains(std::int64_t id) const noexcept {
    // The newest first: what comes twice mostly comes soon. TikTok's ids grow with time, so that a look at
    // both ends of a block is mostly enough.
    return std::any_of(blocks_.rbegin(), blocks_.rend(), [id](const block& each) {
        return each.ids.front() <= id && id <= each.ids.back() &&
               std::binary_search(each.ids.begin(), each.ids.end(), id);
    });
}

void recent_ids::add(std::int64_t id, std::int64_t now) {
    if (blocks_.empty() || blocks_.back().ids.size() >= block_size) {
        if (!blocks_.empty())
            blocks_.back().ids.shrink_to_fit();
        blocks_.emplace_back();
    }
    auto& last = blocks_.back();
    last.ids.insert(std::upper_bound(last.ids.begin(), last.ids.end(), id), id);
    last.newest = now;
    ++size_;
    forget(now);
}

void recent_ids::forget(std::int64_t now) {
    while (blocks_.size() > 1) {
        const auto& oldest = blocks_.front();
        const auto left = size_ - oldest.ids.size();
        const bool too_old = now - oldest.newest > limits_.kept_for && left >= limits_.kept_always;
        if (!too_old && size_ <= limits_.most)
            return;
        size_ = left;
        blocks_.pop_front();
    }
}

std::size_t recent_ids::bytes() const noexcept {
    std::size_t out = 0;
    for (const auto& each : blocks_)
        out += sizeof(each) + each.ids.capacity() * sizeof(std::int64_t);
    return out;
}

namespace {

constexpr core::unix_ms longest_step = 60'000;

}  // namespace

void message_memory::on_connected(std::int64_t room_id, core::unix_ms now) {
    // A wall clock that was set back counts as no gap: the ids still protect from repeats.
    fills_gap_ = room_id_ == room_id && alive_at_ != 0 && now - alive_at_ <= max_gap;
}

void message_memory::on_alive(std::int64_t room_id, core::unix_ms now) {
    if (alive_at_ != 0)
        heard_for_ += std::clamp<core::unix_ms>(now - alive_at_, 0, longest_step);
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
bool message_memory::remember(std::int64_t msg_id, recent_ids& among) {
    if (msg_id == 0)
        return true;
    if (comments_.contains(msg_id) || others_.contains(msg_id))
        return false;
    among.add(msg_id, heard_for_);
    return true;
}

}  // namespace tiktok2twitch::tiktok
