// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The configuration, from texts to values. Pure: files and the environment are read by loader.hpp. The table
// of keys (keys.hpp) says which values there are.

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/filter/message_filter.hpp"
#include "tiktok2twitch/relay/filter_options.hpp"
#include "tiktok2twitch/relay/format/formatter.hpp"
#include "tiktok2twitch/relay/moderation/moderation.hpp"
#include "tiktok2twitch/tiktok/options.hpp"
#include "tiktok2twitch/twitch/options.hpp"

namespace tiktok2twitch::app {

using event_set = std::bitset<relay::event_kinds>;  // indexed by event_kind
inline constexpr event_set every_event{(1ULL << relay::event_kinds) - 1};

// How lines are said.
enum class chat_transport : std::uint8_t { irc, helix };

struct route_config {
    std::string tiktok;              // unique id without '@', lower case
    std::string channel;             // login without '#', lower case
    event_set events = every_event;  // what it carries, of what is enabled; never empty
    friend bool operator==(const route_config&, const route_config&) = default;
};

// Values that were checked. relay.pack, relay.max_age and relay.read_back are in `twitch`, where they are
// obeyed; relay.order and relay.template are in `events`.
struct config {
    tiktok::options tiktok;
    core::url sign_url;

    twitch::options twitch;
    chat_transport transport = chat_transport::irc;
    core::url irc_url;
    core::url auth_url;
    core::url helix_url;
    std::string client_id;
    bool allow_custom_host = false;
    bool delete_lines = true;
    core::duration validate_interval = std::chrono::hours(1);

    core::duration status_interval = std::chrono::minutes(10);  // between status lines in the log; 0: none

    std::string ca_file;  // empty: only the system's trust store

    relay::event_options events;
    relay::filter_options filter;
    std::vector<relay::word_list> word_lists;  // the contents of filter.word_files; read by load_config
    relay::command_options commands;
    relay::badge_marks badges;
    relay::emoji_table emoji;

    std::vector<route_config> routes;
};

// Weakest first.
enum class value_source : std::uint8_t { built_in, file, environment, flag };

struct value_origin {
    value_source source = value_source::built_in;
    std::string where;     // "config.toml:12", "TIKTOK2TWITCH_TWITCH_TOKEN", "--set", or empty
    std::size_t line = 0;  // in the file
};

struct config_problem {
    value_origin origin;
    std::string text;
};
// "config.toml:12: unknown key ..."
std::string text_of(const config_problem& problem);

// A value from outside the file. `key` is "section.name"; lists have commas between their entries.
struct setting {
    std::string key;
    std::string value;
    std::string where;
};

struct config_file {
    std::string name;  // for messages
    std::string text;
};

struct config_layers {
    std::optional<config_file> file;
    std::vector<setting> environment;
    std::vector<setting> flags;
    // --tiktok and --channel as typed; replaces the routes of the file.
    std::optional<route_config> route;
};

struct configuration {
    config value;                       // only to be used when `errors` is empty
    std::vector<value_origin> origins;  // of each key, in the order of the table of keys
    value_origin route_origin;
    value_origin emoji_origin;
    std::vector<config_problem> errors;  // all of them, not just the first
    std::vector<config_problem> warnings;
};

// Merges the layers over the defaults, then checks the whole.
configuration build_config(const config_layers& layers);

// The defaults alone.
config default_config();

struct environment_settings {
    std::vector<setting> settings;
    std::vector<config_problem> warnings;  // variables that look like ours and are not
};
// Picks TIKTOK2TWITCH_<SECTION>_<KEY> from "NAME=value" lines. An empty value counts as not set.
environment_settings read_environment(std::span<const std::string> lines);

// The effective values as TOML that loads again; secrets are "***"; the source of each is a comment.
std::string show_config(const configuration& configuration);

}  // namespace tiktok2twitch::app
