// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/tiktok/client/room_client.hpp"

namespace tiktok2twitch::app {

struct log_line {
    core::log_level level = core::log_level::info;
    std::string text;
};

// A room's change of state in words, with the advice of its error.
log_line describe_room(tiktok::room_state state, const core::error_code& reason, std::string_view detail);

}  // namespace tiktok2twitch::app
