// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tiktok2twitch/app/config.hpp"

namespace tiktok2twitch::app {

// What a value is: decides how TOML must spell it, how its text is checked and what an error says.
enum class key_type : std::uint8_t {
    http_url,
    ws_url,
    irc_url,
    duration,
    rate,
    boolean,
    integer,
    secret,
    login,
    client_id,
    path,
    line_template,   // of comments: {text} is required
    event_template,  // of anything else
    own_template,    // the same; empty: relay.template
    command_word,
    mark,
    user_rate,
    filter_action,
    link_action,
    transport,
    class_order,
    text_list,
    pattern_list,
    user_list,
    language_list,
    path_list,
};

// Where the value lives in the configuration.
template <class... Values>
using fields_of = std::variant<Values& (*)(config&)...>;
using key_field =
    fields_of<core::url, core::duration, twitch::rate, bool, std::size_t, std::int64_t, core::secret,
              std::string, relay::user_rate, relay::filter_action, relay::link_action, chat_transport,
              std::vector<relay::priority_class>, std::vector<std::string>>;

// Smallest and largest allowed value: of an integer, or of a duration in milliseconds.
struct key_bounds {
    std::int64_t min = 0;
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
};

struct config_key {
    std::string_view section;  // "twitch", or "event.gift" for a table in a table
    std::string_view name;
    key_type type;
    std::string_view default_text;  // as in the environment: no quotes, lists with commas
    std::string_view help;          // one line: meaning, unit, bounds
    key_field field;
    key_bounds bounds{};

    std::string dotted() const;    // "event.gift.min_coins"
    std::string variable() const;  // "TIKTOK2TWITCH_EVENT_GIFT_MIN_COINS"
    bool list() const noexcept { return type >= key_type::class_order; }
    // Integers and booleans stand bare in TOML, texts in quotes.
    bool quoted() const noexcept { return type != key_type::boolean && type != key_type::integer && !list(); }
};

// All keys, grouped by section in the order of the documentation.
std::span<const config_key> config_keys() noexcept;

// "event.gift.min_coins" is "min_coins" of "event.gift".
struct key_name {
    std::string_view section;
    std::string_view name;
};
key_name split_key(std::string_view dotted) noexcept;

// Position in config_keys().
std::optional<std::size_t> find_key(std::string_view section, std::string_view name) noexcept;
std::optional<std::size_t> find_key(std::string_view dotted) noexcept;

}  // namespace tiktok2twitch::app
