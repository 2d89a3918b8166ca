// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tiktok2twitch/core/exit_code.hpp"

namespace tiktok2twitch::app {

// What main() does: parses the command line, sets the log up and runs the command.
exit_code run_program(int argc, char** argv, char** variables);

}  // namespace tiktok2twitch::app
