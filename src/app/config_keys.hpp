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
    line_template,
};

// Where the value lives in the configuration.
using key_field = std::variant<core::url& (*)(config&), core::duration& (*)(config&),
                               twitch::rate& (*)(config&), bool& (*)(config&), std::size_t& (*)(config&),
                               core::secret& (*)(config&), std::string& (*)(config&)>;

// Smallest and largest allowed value: of an integer, or of a duration in milliseconds.
struct key_bounds {
    std::int64_t min = 0;
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
};

struct config_key {
    std::string_view section;
    std::string_view name;
    key_type type;
    std::string_view default_text;  // without TOML's quotes
    std::string_view help;          // one line: meaning, unit, bounds
    key_field field;
    key_bounds bounds{};

    std::string dotted() const;    // "twitch.token"
    std::string variable() const;  // "TIKTOK2TWITCH_TWITCH_TOKEN"
    // Integers and booleans stand bare in TOML, everything else in quotes.
    bool quoted() const noexcept { return type != key_type::boolean && type != key_type::integer; }
};

// All keys, grouped by section in the order of the documentation.
std::span<const config_key> config_keys() noexcept;

// Position in config_keys().
std::optional<std::size_t> find_key(std::string_view section, std::string_view name) noexcept;
std::optional<std::size_t> find_key(std::string_view dotted) noexcept;

// "twitch.token": the key an operator most likely meant; a key of `section` is preferred.
std::string nearest_key(std::string_view section, std::string_view name);

}  // namespace tiktok2twitch::app
