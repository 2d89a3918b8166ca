// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tiktok2twitch::app {

// A sentence about the first argument that the command line has no place for: what was probably meant.
std::string unexpected_argument(std::string_view argument, std::span<const std::string_view> commands,
                                std::span<const std::string_view> options);

}  // namespace tiktok2twitch::app
