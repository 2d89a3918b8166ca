// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace tiktok2twitch::app {

// Of the terminal behind stdout; 120 when it is none or does not say.
std::size_t terminal_columns();

}  // namespace tiktok2twitch::app
