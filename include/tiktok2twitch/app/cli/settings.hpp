// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The configuration that a command line asks for.

#include <optional>

#include "tiktok2twitch/app/cli/cli.hpp"
#include "tiktok2twitch/app/config/loader.hpp"
#include "tiktok2twitch/core/exit_code.hpp"

namespace tiktok2twitch::app {

load_request request_of(const command_line& line);

// Loads the configuration for a command; problems go to the log, and `failed` says how to end.
std::optional<loaded_config> load_or_explain(const command_line& line, const environment& variables,
                                             exit_code& failed);

}  // namespace tiktok2twitch::app
