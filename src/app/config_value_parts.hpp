// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the files of config_value share.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/config_value.hpp"
#include "tiktok2twitch/relay/filter_options.hpp"

namespace tiktok2twitch::app {

// What is wrong, if anything.
using value_problem = std::optional<std::string>;

// "expected a rate such as ..., found "x""
std::string not_expected(key_type type, std::string_view found);
// "expected drop, mask or hold, found "x"; did you mean "drop"?"
std::string not_one_of(std::span<const std::string_view> words, std::string_view found);

// Values of one text: names, templates, marks, secrets.
value_problem set_string(std::string& out, const config_key& key, std::string_view text);
value_problem set_secret(core::secret& out, std::string_view text);

template <class T>
T& field(config& config, const config_key& key) {
    return std::get<T& (*)(struct config&)>(key.field)(config);
}
// The accessors only name a member; reading through them does not change the configuration.
template <class T>
const T& field(const config& config, const config_key& key) {
    return field<T>(const_cast<struct config&>(config), key);
}

// In the order of the enumerations.
inline constexpr std::array<std::string_view, 3> filter_actions{"drop", "mask", "hold"};
inline constexpr std::array<std::string_view, 2> transports{"irc", "helix"};
inline constexpr std::array<std::string_view, 5> link_actions{"allow", "defang", "strip", "drop", "hold"};

}  // namespace tiktok2twitch::app
