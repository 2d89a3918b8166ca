// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// One TikTok account and its live, without sockets and clock: what the lookup pages say about it, and
// which messages its viewers get.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/sim/tiktok/messages.hpp"

namespace tiktok2twitch::sim {

enum class account_state : std::uint8_t { live, paused, offline, no_such_user, age_restricted };

class tiktok_room {
public:
    static constexpr std::size_t history_size = 6;  // docs/protocol/tiktok.md §2.8
    static constexpr core::unix_ms long_ago = 1'780'000'000'000;

    tiktok_room(std::string unique_id, std::int64_t room_id, account_state state);

    const std::string& unique_id() const noexcept { return unique_id_; }
    // Stays after the end (docs/protocol/tiktok.md §1.1)
    std::int64_t room_id() const noexcept { return room_id_; }
    account_state state() const noexcept { return state_; }
    // What check_alive says.
    bool seems_alive() const noexcept { return alive() && !denied_; }
    void deny_alive(bool deny) noexcept { denied_ = deny; }
    bool alive() const noexcept { return state_ == account_state::live || state_ == account_state::paused; }
    void set_state(account_state state) noexcept { state_ = state; }
    core::unix_ms started_at() const noexcept { return started_at_; }
    // An account that had this room before.
    bool was(std::int64_t room_id) const noexcept;
    void rename(std::string unique_id) { unique_id_ = std::move(unique_id); }
    // Lookups deny the account, wrongly: for `answers` of them, after `after` right ones.
    void hide(std::size_t after = 0, std::size_t answers = std::numeric_limits<std::size_t>::max());
    bool hides();  // in the answer that is given now
    bool hidden() const noexcept { return hidden_; }
    void set_title(std::string title) { title_ = std::move(title); }
    const std::string& title() const noexcept { return title_; }

    // Each of these happens at `now` and returns the message for everybody who is connected.
    room_message comment(const chatter& from, std::string_view text, core::unix_ms now);
    room_message emote(const chatter& from, std::string_view emote_id, core::unix_ms now);
    room_message sticker(const chatter& from, std::string_view emote_id, core::unix_ms now);
    room_message remove(const std::vector<std::int64_t>& msg_ids, const std::vector<std::int64_t>& user_ids,
                        core::unix_ms now);
    room_message pause(core::unix_ms now);
    room_message resume(core::unix_ms now);
    room_message end(core::unix_ms now);
    room_message suspend(core::unix_ms now);
    // A new live: new room id, message ids that do not carry over, no history.
    void restart(std::int64_t room_id, core::unix_ms now = long_ago);

    // For messages that are made elsewhere (likes, joins, gifts).
    message_facts next_facts(core::unix_ms now);

    // What a new connection gets after im_enter_room.
    std::vector<room_message> welcome(core::unix_ms now);
    std::vector<room_message> state_messages(std::size_t history, core::unix_ms now);

    std::int64_t last_comment_id() const noexcept { return last_comment_id_; }

private:
    room_message remember(room_message message);

    std::string unique_id_;
    std::int64_t room_id_;
    std::int64_t next_msg_id_;
    std::int64_t last_comment_id_ = 0;
    account_state state_;
    std::string title_ = "a live";
    core::unix_ms started_at_ = long_ago;
    std::vector<std::int64_t> former_;
    bool denied_ = false;
    bool hidden_ = false;
    std::size_t right_answers_ = std::numeric_limits<std::size_t>::max();  // before the wrong ones
    std::size_t wrong_answers_ = 0;
    std::deque<room_message> history_;
};

// Answers of the lookup pages. `room` is null for an account that nobody knows.
std::string api_answer(const tiktok_room* room);
std::string live_page(const tiktok_room* room);
struct alive_answer {
    std::int64_t room_id = 0;
    bool alive = false;
};
std::string check_alive_answer(const std::vector<alive_answer>& rooms, core::unix_ms now);

}  // namespace tiktok2twitch::sim
