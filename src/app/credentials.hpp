// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>

#include "tiktok2twitch/app/config_loader.hpp"

namespace tiktok2twitch::app {

// The token that systemd hands over (LoadCredential=twitch_token:..., systemd.exec(5)) as a setting that
// stands between the environment and the file. Nothing without $CREDENTIALS_DIRECTORY or without the file.
std::variant<std::optional<setting>, load_failure> read_credential(std::span<const std::string> variables);

}  // namespace tiktok2twitch::app
