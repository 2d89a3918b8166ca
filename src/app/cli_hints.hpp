// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tiktok2twitch::app {

// A sentence about the first argument that the command line has no place for: what was probably meant.
std::string unexpected_argument(std::string_view argument, const std::vector<std::string>& commands,
                                const std::vector<std::string>& options);

}  // namespace tiktok2twitch::app
