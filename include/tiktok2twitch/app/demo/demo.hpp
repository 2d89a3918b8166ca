// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tiktok2twitch::app {

// One sentence about the first route of a report (report_json()): which share was said, which was folded into
// that, which was not said and why. Ends with a line break.
std::string explain_shares(std::string_view report);

}  // namespace tiktok2twitch::app
