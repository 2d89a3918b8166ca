// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/sim/tiktok/room.hpp"

#include <algorithm>

namespace tiktok2twitch::sim {
namespace {

// Message ids are 64-bit and grow inside a room; those of two rooms never meet.
std::int64_t first_msg_id(std::int64_t room_id) {
    constexpr std::int64_t step = 1'000'000'000;
    constexpr std::int64_t base = 7'400'000'000'000'000'000;
    return base + room_id % 100'000 * step + 1;
}

}  // namespace

tiktok_room::tiktok_room(std::string unique_id, std::int64_t room_id, account_state state)
    : unique_id_(std::move(unique_id)),
      room_id_(room_id),
      next_msg_id_(first_msg_id(room_id)),
      state_(state) {}

message_facts tiktok_room::next_facts(core::unix_ms now) {
    message_facts facts;
    facts.msg_id = next_msg_id_++;
    facts.room_id = room_id_;
    facts.created_at = now;
    return facts;
}

room_message tiktok_room::remember(room_message message) {
    last_comment_id_ = message.msg_id;
    history_.push_back(message);
    if (history_.size() > history_size) {
        history_.pop_front();
    }
    return message;
}

room_message tiktok_room::comment(const chatter& from, std::string_view text, core::unix_ms now) {
    return remember(chat_message(next_facts(now), from, text));
}

room_message tiktok_room::emote(const chatter& from, std::string_view emote_id, core::unix_ms now) {
    return remember(emote_message(next_facts(now), from, emote_id));
}

room_message tiktok_room::sticker(const chatter& from, std::string_view emote_id, core::unix_ms now) {
    return remember(sticker_message(next_facts(now), from, emote_id));
}

room_message tiktok_room::remove(const std::vector<std::int64_t>& msg_ids,
                                 const std::vector<std::int64_t>& user_ids, core::unix_ms now) {
    std::erase_if(history_, [&](const room_message& message) {
        return std::find(msg_ids.begin(), msg_ids.end(), message.msg_id) != msg_ids.end();
    });
    return delete_message(next_facts(now), msg_ids, user_ids);
}

room_message tiktok_room::pause(core::unix_ms now) {
    state_ = account_state::paused;
    return control_message(next_facts(now), 1);
}

room_message tiktok_room::resume(core::unix_ms now) {
    state_ = account_state::live;
    return control_message(next_facts(now), 2);
}

room_message tiktok_room::end(core::unix_ms now) {
    state_ = account_state::offline;
    return control_message(next_facts(now), 3);
}

room_message tiktok_room::suspend(core::unix_ms now) {
    state_ = account_state::offline;
    return control_message(next_facts(now), 4);
}

bool tiktok_room::was(std::int64_t room_id) const noexcept {
    return std::find(former_.begin(), former_.end(), room_id) != former_.end();
}

void tiktok_room::hide(std::size_t after, std::size_t answers) {
    right_answers_ = after;
    wrong_answers_ = answers;
}

bool tiktok_room::hides() {
    constexpr std::size_t for_ever = std::numeric_limits<std::size_t>::max();
    hidden_ = right_answers_ == 0 && wrong_answers_ > 0;
    if (hidden_ && wrong_answers_ != for_ever) {
        --wrong_answers_;
    } else if (right_answers_ != 0 && right_answers_ != for_ever) {
        --right_answers_;
    }
    return hidden_;
}

void tiktok_room::restart(std::int64_t room_id, core::unix_ms now) {
    former_.push_back(room_id_);
    room_id_ = room_id;
    started_at_ = now;
    next_msg_id_ = first_msg_id(room_id);
    state_ = account_state::live;
    history_.clear();
}

std::vector<room_message> tiktok_room::welcome(core::unix_ms now) {
    std::vector<room_message> messages;
    messages.push_back(welcome_message(next_facts(now), "Welcome to the LIVE!"));
    return messages;
}

std::vector<room_message> tiktok_room::state_messages(std::size_t history, core::unix_ms now) {
    std::vector<room_message> messages;
    room_message viewers = viewers_message(next_facts(now), 12, 345);
    viewers.sample_flag = 2;
    messages.push_back(std::move(viewers));
    const std::size_t count = std::min(history, history_.size());
    for (auto it = history_.end() - static_cast<std::ptrdiff_t>(count); it != history_.end(); ++it) {
        room_message old = *it;
        old.history = true;
        messages.push_back(std::move(old));
    }
    return messages;
}

}  // namespace tiktok2twitch::sim
