// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Finds and reads what config.hpp merges: the file, the environment and the flags; and the word lists that it
// names.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tiktok2twitch/app/config/config.hpp"
#include "tiktok2twitch/core/exit_code.hpp"

namespace tiktok2twitch::app {

// "NAME=value" lines.
using environment = std::vector<std::string>;
// From main()'s environ, which ends with a null pointer.
environment environment_of(const char* const* variables);
// The value, or nothing when the variable is missing or empty.
std::optional<std::string> variable(std::span<const std::string> variables, std::string_view name);

struct load_request {
    std::optional<std::string> config_path;  // --config
    std::optional<std::string> state_dir;    // --state-dir
    std::vector<setting> flags;              // --set and the like
    std::optional<route_config> route;       // --tiktok and --channel, as typed
    std::string system_config = "/etc/tiktok2twitch/config.toml";
};

// --state-dir, $STATE_DIRECTORY, $XDG_STATE_HOME/tiktok2twitch or ~/.local/state/tiktok2twitch. Empty when
// none of the variables is set. No file decides about it.
std::string find_state_dir(const load_request& request, std::span<const std::string> variables);

struct loaded_config {
    configuration settings;             // without errors
    std::string file;                   // the one that was read; empty: there is none
    std::string state_dir;              // as found; not created here
    std::vector<std::string> warnings;  // sentences for the log
};

struct load_failure {
    exit_code code = exit_code::config_error;
    std::vector<std::string> messages;
};

using load_result = std::variant<loaded_config, load_failure>;

// Call it again to reload. Failures: no_input (an explicit file is missing, or a file is unreadable),
// io_error, usage (a flag is wrong), config_error (file or environment).
load_result load_config(const load_request& request, std::span<const std::string> variables);

// --- filter.word_files

inline constexpr std::size_t max_word_file_bytes = 1024 * 1024;

// What is in these files, and a sentence for each that cannot be used.
struct read_words {
    std::vector<relay::word_list> lists;
    std::vector<std::string> problems;
};
read_words read_word_lists(const std::vector<std::string>& files);

// Reads the files of filter.word_files into word_lists. A relative name in the configuration file
// `config_path` counts from its folder, one of the environment or the command line from the working
// directory; word_files then has the names that were opened. Files that cannot be used are errors.
void read_word_files(configuration& settings, const std::string& config_path);

// Changes when one of the files does: contents, place, permissions, presence. Empty without files.
std::string stamp_of(const std::vector<std::string>& files);

}  // namespace tiktok2twitch::app
