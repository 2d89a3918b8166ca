// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

// What is said after "unknown key ...; " and its like. Where nothing is near, these list what there is.
namespace tiktok2twitch::app {

inline constexpr std::array<std::string_view, 3> route_keys{"tiktok", "channel", "events"};

// The names of all tables with known keys, such as "relay" and "event.gift".
std::vector<std::string_view> section_names();

// Of a key `name` in `section` ("event.gift"; empty: outside of any), which need not exist either.
std::string key_hint(std::string_view section, std::string_view name);
std::string route_key_hint(std::string_view name);
std::string section_hint(std::string_view path);

// "a", "a or b", "a, b or c"; `last` is the word in front of the last.
std::string listed(const std::vector<std::string>& items, std::string_view last);

}  // namespace tiktok2twitch::app
