// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The commands that ask a running relay.

#include "tiktok2twitch/app/cli/cli.hpp"
#include "tiktok2twitch/app/config/loader.hpp"
#include "tiktok2twitch/core/exit_code.hpp"

namespace tiktok2twitch::app {

exit_code run_status_command(const command_line& line, const environment& variables);
// stop, reload, held, approve, deny
exit_code run_relay_command(const command_line& line, const environment& variables);

}  // namespace tiktok2twitch::app
