// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tiktok2twitch::app {

// A TOML basic string with its quotes; control characters escaped. `text` must be valid UTF-8.
std::string toml_quote(std::string_view text);

// For messages: any bytes, quoted, with what a terminal could obey escaped, cut after 60 bytes.
std::string show_quoted(std::string_view bytes);

// Valid UTF-8 without control characters: what a configuration value may consist of.
bool is_plain_text(std::string_view bytes) noexcept;

}  // namespace tiktok2twitch::app
