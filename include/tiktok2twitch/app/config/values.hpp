// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Kinds of values: what an error says was expected, how a text becomes a value, and a value a text. Pure.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/app/config/config.hpp"

namespace tiktok2twitch::app {

struct config_key;

// What is wrong with a value, if anything. A secret is never part of it.
using value_problem = std::optional<std::string>;

// How TOML spells a value: in quotes, bare, or as an array of texts.
enum class toml_form : std::uint8_t { text, boolean, integer, list };

// One row of values.cpp. A list has any number of texts, all others have one.
struct value_kind {
    toml_form form;
    std::string_view expected;  // "a duration such as \"30s\""
    // Stores the value, or says what is wrong with it and leaves the old one.
    value_problem (*parse)(config&, const config_key&, std::span<const std::string> texts);
    std::vector<std::string> (*print)(const config&, const config_key&);
};

namespace kinds {
extern const value_kind http_url, ws_url, irc_url, duration, rate, user_rate, boolean, integer, secret;
extern const value_kind login, client_id, path, command_word, mark;
extern const value_kind line_template;   // of comments: {text} is required
extern const value_kind event_template;  // of anything else
extern const value_kind own_template;    // the same; empty: relay.template
extern const value_kind filter_action, link_action, transport;
extern const value_kind class_order, text_list, pattern_list, user_list, language_list, path_list;
}  // namespace kinds

// Stores `text` as the value of `key`; the entries of a list stand between commas, blanks around them do not
// count, or in brackets and quotes as TOML has them. Otherwise says what is wrong, and leaves the value
// alone.
value_problem set_value(config& config, const config_key& key, std::string_view text);

// Gives `to` the value that `from` has.
void copy_value(config& to, const config& from, const config_key& key);

// The value as set_value() would take it, but for lists whose entries hold commas; a secret that is set is
// "***".
std::string value_text(const config& config, const config_key& key);
// The value as TOML spells it.
std::string value_toml(const config& config, const config_key& key);
// ["a", "b"]
std::string toml_array(std::span<const std::string> entries);

// A route's list of kinds, by their names.
value_problem set_events(event_set& out, std::span<const std::string> names);
std::vector<std::string> event_names(const event_set& events);
// A line of [emoji].
value_problem set_emoji(relay::emoji_table& out, const std::string& code, std::string_view text);

// "1.25s", "150ms": exact, and parse_duration() reads it back.
std::string duration_text(const core::duration& value);

}  // namespace tiktok2twitch::app
