// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The only file that knows a TOML library. It finds the known keys and says what is wrong with the rest;
// what the values mean is config_value.hpp's business.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tiktok2twitch::app {

struct toml_value {
    std::string text;
    std::size_t line = 0;
    std::vector<std::string> entries{};  // of an array
};

struct toml_key_value {
    std::size_t key = 0;  // position in config_keys()
    toml_value value;
};

struct toml_route {
    std::optional<toml_value> tiktok;
    std::optional<toml_value> channel;
    std::optional<toml_value> events;
};

// A line of [emoji], the section without known keys.
struct toml_emoji {
    std::string code;
    toml_value value;
};

struct toml_problem {
    std::size_t line = 0;
    std::string text;
};

struct toml_contents {
    std::vector<toml_key_value> values;
    std::vector<toml_route> routes;
    std::vector<toml_emoji> emoji;
    std::vector<toml_problem> problems;
};

// toml++ stops at the first syntax error; everything else is reported completely, in no order.
toml_contents read_toml(std::string_view text);

// The texts of one array, ["a", 'b']; nothing when `text` is anything else.
std::optional<std::vector<std::string>> read_toml_list(std::string_view text);

}  // namespace tiktok2twitch::app
