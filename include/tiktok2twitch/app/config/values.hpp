// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/config_keys.hpp"

namespace tiktok2twitch::app {

// Stores `text` as the value of `key`; the entries of a list stand between commas, blanks around them do not
// count, or in brackets and quotes as TOML has them. Otherwise says what was expected, and leaves the value
// alone. A secret is never part of the answer.
std::optional<std::string> set_value(config& config, const config_key& key, std::string_view text);
// The same for a list whose entries are known.
std::optional<std::string> set_list(config& config, const config_key& key,
                                    std::span<const std::string> entries);

// A route's list of kinds, by their names.
std::optional<std::string> set_events(event_set& out, std::span<const std::string> names);
// A line of [emoji].
std::optional<std::string> set_emoji(relay::emoji_table& out, const std::string& code, std::string_view text);
std::vector<std::string> event_names(const event_set& events);

// The value as set_value() would take it, but for lists whose entries hold commas; a secret that is set is
// "***".
std::string value_text(const config& config, const config_key& key);
// The value as TOML spells it.
std::string value_toml(const config& config, const config_key& key);
// ["a", "b"]
std::string toml_array(std::span<const std::string> entries);

// "a duration in quotes, such as \"30s\"": what TOML should have held.
std::string_view expected(key_type type) noexcept;

// "1.25s", "150ms": exact, and parse_duration() reads it back.
std::string duration_text(core::duration value);

}  // namespace tiktok2twitch::app
