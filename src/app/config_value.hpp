// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/config_keys.hpp"

namespace tiktok2twitch::app {

// Stores `text` as the value of `key`. Otherwise says what was expected, and leaves the value alone.
// A secret is never part of the answer.
std::optional<std::string> set_value(config& config, const config_key& key, std::string_view text);

// The value as set_value() would take it; a secret that is set is "***".
std::string value_text(const config& config, const config_key& key);

// "a duration in quotes, such as \"30s\"": what TOML should have held.
std::string_view expected(key_type type) noexcept;

// "1.25s", "150ms": exact, and parse_duration() reads it back.
std::string duration_text(core::duration value);

}  // namespace tiktok2twitch::app
