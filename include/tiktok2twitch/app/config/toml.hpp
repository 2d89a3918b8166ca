// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The only file that knows a TOML library. It finds the known keys and says what is wrong with the rest;
// what the values mean is values.hpp's business.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tiktok2twitch::app {

struct toml_value {
    std::string text;
    std::size_t line = 0;
    std::vector<std::string> entries{};  // of an array; of another key's value its only text
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

// A TOML basic string with its quotes; control characters escaped. `text` must be valid UTF-8.
std::string toml_quote(std::string_view text);

// For messages: any bytes, quoted, with what a terminal could obey escaped, cut after 60 bytes.
std::string show_quoted(std::string_view bytes);

// Valid UTF-8 without control characters: what a configuration value may consist of.
bool is_plain_text(std::string_view bytes) noexcept;

}  // namespace tiktok2twitch::app
