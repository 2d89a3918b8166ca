// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The command line, understood. Pure: prints nothing, reads no file.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "tiktok2twitch/app/config/config.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/exit_code.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/tiktok/client/recorder.hpp"

namespace tiktok2twitch::app {

enum class command : std::uint8_t {
    run,
    demo,
    replay,
    status,
    stop,
    reload,
    held,
    approve,
    deny,
    config_check,
    config_show,
    login,
    whoami,
    logout,
    doctor
};

enum class color_choice : std::uint8_t { automatic, always, never };

struct command_line {
    command what = command::run;
    bool bare = false;  // nothing was typed behind the program's name

    std::optional<route_config> route;  // --tiktok and --channel, as typed; always both
    std::optional<std::string> config_path;
    std::optional<std::string> state_dir;
    std::vector<setting> settings;  // --set, and replay's --template
    bool dry_run = false;
    bool once = false;
    std::optional<std::string> report;
    std::vector<tiktok::recording_target> recordings;  // --record, --record-anonymous
    bool reads_input = false;                          // --input -
    core::log_level level = core::log_level::info;     // -q: warning, -v: debug
    core::log_format format = core::log_format::text;
    color_choice color = color_choice::automatic;
    bool progress = true;  // the status row on a terminal

    bool json = false;        // doctor, and commands that ask a relay: as JSON
    std::optional<long> pid;  // of which relay these ask, when several use a state directory
    std::uint64_t id = 0;     // approve, deny: of a held message
    bool qr = true;           // login: the address as a QR code, too, on a terminal

    core::duration demo_for = std::chrono::seconds(30);
    std::optional<std::uint64_t> demo_seed;
    bool demo_flood = false;  // a room that writes far more than Twitch takes

    std::string replay_file;
    bool replay_explain = false;  // what happened to every message, and which rule did it
    bool replay_paced =
        false;  // with the limits, packing and ages of the configuration, as an ordinary account
};

// Nothing to run: help and version, or a wrong command line.
struct early_exit {
    exit_code code = exit_code::ok;
    std::string out;  // for stdout
    std::string err;  // for stderr
};

// `arguments` without the program's name.
std::variant<command_line, early_exit> parse_command_line(std::vector<std::string> arguments);

// For somebody who typed nothing and has configured nothing: what it is, and how to begin.
std::string short_help();

// --color, then NO_COLOR (https://no-color.org) and TERM=dumb, then whether the stream is a terminal.
bool use_color(color_choice choice, std::span<const std::string> variables, bool is_terminal);

}  // namespace tiktok2twitch::app
