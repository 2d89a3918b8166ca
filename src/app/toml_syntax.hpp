// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tiktok2twitch::app {

// What to say when toml++ stopped at line `number` of `text`. Its own words (`what`) repeat pieces of what it
// could not read; a token without quotes must not get into a log.
std::string syntax_error(std::string_view text, std::size_t number, std::string_view what);

}  // namespace tiktok2twitch::app
