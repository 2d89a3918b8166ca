// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "tiktok2twitch/app/config.hpp"
#include "tiktok2twitch/relay/formatter.hpp"

namespace tiktok2twitch::app {

// The formatter of a route from this room; `settings` was checked, so that its templates parse.
relay::formatter make_formatter(const config& settings, std::string_view room);

}  // namespace tiktok2twitch::app
