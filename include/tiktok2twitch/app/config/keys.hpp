// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The table of keys. The TOML reader, the environment, --set, `config show`, `reload`,
// docs/configuration.md and config.example.toml follow from it.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tiktok2twitch/app/config/config.hpp"
#include "tiktok2twitch/app/config/values.hpp"

namespace tiktok2twitch::app {

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

// When a changed value counts for a relay that runs. `as_login`: a token at once, but only a restart changes
// between a token and a stored login.
enum class change : std::uint8_t { at_reload, at_restart, as_login };

struct config_key {
    std::string_view section;  // "twitch", or "event.gift" for a table in a table
    std::string_view name;
    const value_kind* kind;
    key_field field;
    change counts;
    std::string_view help;  // one line: meaning, unit, bounds
    key_bounds bounds{};
    // What a configuration begins with, as in the environment. Empty: what the options of the module that
    // obeys the key begin with.
    std::string_view initial{};

    std::string dotted() const;    // "event.gift.min_coins"
    std::string variable() const;  // "TIKTOK2TWITCH_EVENT_GIFT_MIN_COINS"
    bool list() const noexcept { return kind->form == toml_form::list; }
};

// All keys, grouped by section in the order of the documentation.
std::span<const config_key> config_keys() noexcept;

// Names of all sections, in the same order.
std::vector<std::string_view> section_names();

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
