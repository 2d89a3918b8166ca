// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::app {

// Of the terminal behind stdout; 120 when it is none or does not say.
std::size_t terminal_columns();

// How log lines begin on stderr. `journal_stream`: systemd's variable of that name, "device:inode".
core::log_style style_of_stderr(const std::optional<std::string>& journal_stream);

}  // namespace tiktok2twitch::app
