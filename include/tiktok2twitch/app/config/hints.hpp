// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

// What is said after "unknown key ...; " and its like. Where nothing is near, these list what there is.
namespace tiktok2twitch::app {

inline constexpr std::array<std::string_view, 3> route_keys{"tiktok", "channel", "events"};

// Of a key `name` in `section` ("event.gift"; empty: outside of any), which need not exist either.
std::string key_hint(std::string_view section, std::string_view name);
std::string route_key_hint(std::string_view name);
std::string section_hint(std::string_view path);

// "; did you mean "a" or "b"?"; empty when no word is near.
std::string did_you_mean(std::string_view found, std::span<const std::string_view> words);

}  // namespace tiktok2twitch::app
