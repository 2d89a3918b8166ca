// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "app/config_toml.hpp"

namespace tiktok2twitch::app {

// The largest sensible file has a few hundred routes.
inline constexpr std::size_t max_config_bytes = 1024 * 1024;
// toml++ bounds nested brackets, but not nested dotted keys, and frees what it parsed recursively: some
// 20,000 levels end the process. No key of ours has three dots; those in texts do not count.
inline constexpr std::size_t max_dots_in_line = 64;

// Texts that toml++ 3.3 must not be given, with what is to be said about them: those over the bounds above;
// lines like "[=", "[[[" or "x = [}", which break preconditions of its parser (the first two are
// marzer/tomlplusplus#301, the third was found by tests/fuzz/config_fuzz.cpp); and
// characters beyond ASCII outside of texts and comments, for many of which its test for blanks runs into
// __builtin_unreachable (found there as well). Texts of several lines are refused as well:
// no setting takes one, and they would make "outside" a long story.
std::optional<toml_problem> refuse_toml(std::string_view text);

}  // namespace tiktok2twitch::app
