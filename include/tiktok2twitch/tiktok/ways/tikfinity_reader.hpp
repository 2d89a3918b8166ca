// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the TikFinity app says on its socket: {"event": NAME, "data": {...}}, a text each
// (docs/protocol/ways-in.md §5). Pure; any bytes, never throws.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tiktok2twitch/tiktok/room/webcast_session.hpp"

namespace tiktok2twitch::tiktok {

inline constexpr std::size_t max_tikfinity_text = 1024 * 1024;

struct tikfinity_text {
    decoded_batch batch;
    std::string account;  // the TikFinity account whose live it is; empty: not told
    // It comes from a live: an event of one, or its room information. The app is connected to a live.
    bool live = false;
    // The app says that it has lost, or left, the live.
    bool away = false;
    std::int64_t room_id = 0;  // 0: not told
};
// Counts in `counts` what is unknown or cannot be read. The event "config" is what a person has set up in the
// app: nothing of it is looked at.
tikfinity_text read_tikfinity(std::string_view text, core::time_point now, frame_counts& counts);

// Which of the rooms that use the app a text belongs to: the one whose user is the account (without case and
// "@"). `user`: tiktok.tikfinity_user, empty when not set: the account that the app is known to be logged in
// for; then texts of that account, and texts that name none, are for the room of that name, or for the only
// room there is. A text that names no account is else taken only where there is one room. Nothing: for none.
std::optional<std::size_t> room_of_account(std::string_view account, std::string_view user,
                                           std::span<const std::string> rooms);

}  // namespace tiktok2twitch::tiktok
