// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/cli_hints.hpp"

#include "app/toml_text.hpp"
#include "core/nearest.hpp"

namespace tiktok2twitch::app {

std::string unexpected_argument(std::string_view argument, std::span<const std::string_view> commands,
                                std::span<const std::string_view> options) {
    if (argument.starts_with("-")) {
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
