// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What 'tiktok2twitch held' prints. Pure.

#include <string>
#include <string_view>

namespace tiktok2twitch::app {

// From the relay's JSON; a sentence when it is none. Viewers' words are made plain: this goes to a terminal.
std::string held_text(std::string_view json);

}  // namespace tiktok2twitch::app
