// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/cli_hints.hpp"

#include "app/toml_text.hpp"
#include "core/nearest.hpp"

namespace tiktok2twitch::app {

std::string unexpected_argument(std::string_view argument, const std::vector<std::string>& command_names,
                                const std::vector<std::string>& option_names) {
    const std::vector<std::string_view> commands(command_names.begin(), command_names.end());
    const std::vector<std::string_view> options(option_names.begin(), option_names.end());
    if (argument.starts_with("-") && !options.empty()) {
        const std::string_view name = argument.substr(0, argument.find('='));
        return "unknown option " + show_quoted(name) + "; the nearest one is " +
               std::string(core::nearest(name, options));
    }
    const std::string_view command = core::nearest(argument, commands);
    if (command == argument) {
        return "one command at a time: " + show_quoted(argument) + " is the second";
    }
    // Half of the letters wrong is no typing error but a name.
    if (core::edit_distance(argument, command) * 2 <= command.size()) {
        return "unknown command " + show_quoted(argument) + "; did you mean \"" + std::string(command) +
               "\"?";
    }
    return "unexpected argument " + show_quoted(argument) +
           "; a relay is started with --tiktok USER --channel CHAN";
}

}  // namespace tiktok2twitch::app
