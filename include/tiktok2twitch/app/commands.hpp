// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The commands, each from parsed options to an exit code.

#include <optional>

#include "tiktok2twitch/app/cli/cli.hpp"
#include "tiktok2twitch/app/config/loader.hpp"
#include "tiktok2twitch/app/exit_code.hpp"

namespace tiktok2twitch::app {

// What main() does: parses the command line, sets the log up and runs the command.
exit_code run_program(int argc, char** argv, char** variables);

exit_code run_relay(const command_line& line, const environment& variables);
exit_code run_replay_command(const command_line& line, const environment& variables);
exit_code run_config_command(const command_line& line, const environment& variables);
exit_code run_status_command(const command_line& line, const environment& variables);
// stop, reload, held, approve, deny
exit_code run_relay_command(const command_line& line, const environment& variables);
exit_code run_login_command(const command_line& line, const environment& variables);
exit_code run_whoami_command(const command_line& line, const environment& variables);
exit_code run_logout_command(const command_line& line, const environment& variables);
exit_code run_doctor_command(const command_line& line, const environment& variables);
exit_code run_demo(const command_line& line, const environment& variables);

load_request request_of(const command_line& line);

// Loads the configuration for a command; problems go to the log, and `failed` says how to end.
std::optional<loaded_config> load_or_explain(const command_line& line, const environment& variables,
                                             exit_code& failed);

}  // namespace tiktok2twitch::app
