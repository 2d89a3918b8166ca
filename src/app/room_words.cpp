// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "app/room_words.hpp"

namespace tiktok2twitch::app {
namespace {

log_line words_of(tiktok::room_state state) {
    switch (state) {
        case tiktok::room_state::looking_up:
            return {core::log_level::debug, "looking the account up"};
        case tiktok::room_state::offline:
            return {core::log_level::info, "not live; waiting for the next live"};
        case tiktok::room_state::connecting:
            return {core::log_level::debug, "live; connecting"};
        case tiktok::room_state::connected:
            return {core::log_level::info, "connected to the live"};
        case tiktok::room_state::paused:
            return {core::log_level::info, "the live is paused"};
        case tiktok::room_state::ended:
            return {core::log_level::info, "the live has ended"};
        case tiktok::room_state::unreachable:
            return {core::log_level::warning, "cannot be read now; trying again"};
        case tiktok::room_state::hopeless:
            return {core::log_level::error, "cannot be watched"};
    }
    return {};
}

}  // namespace

log_line describe_room(tiktok::room_state state, const core::error_code& reason, std::string_view detail) {
    auto line = words_of(state);
    if (reason)
        line.text += ": " + core::explain(reason);
    if (!detail.empty())
        line.text += " [" + std::string(detail) + "]";
    return line;
}

}  // namespace tiktok2twitch::app
