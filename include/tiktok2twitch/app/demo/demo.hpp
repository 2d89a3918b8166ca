// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "tiktok2twitch/app/cli/cli.hpp"
#include "tiktok2twitch/app/config/loader.hpp"
#include "tiktok2twitch/core/exit_code.hpp"

namespace tiktok2twitch::app {

// One sentence about the first route of a report (report_json()): which share was said, which was folded into
// that, which was not said and why. Ends with a line break.
std::string explain_shares(std::string_view report);

exit_code run_demo(const command_line& line, const environment& variables);

}  // namespace tiktok2twitch::app
