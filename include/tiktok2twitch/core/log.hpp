// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Log lines for people (text) or machines (one JSON object per line), always on stderr.
// Never pass chat text at info or above, and never a token at any level: take core::secret, which
// cannot be printed. Safe to call from any thread.

#include <string_view>

namespace tiktok2twitch::core {

enum class log_level { debug, info, warning, error };
enum class log_format { text, json };

struct log_options {
    log_level level = log_level::info;
    log_format format = log_format::text;
    bool color = false;
};

// Call once before the threads start; without it, the defaults above apply.
void configure_log(const log_options& options);

// `component` is the part of the program ("tiktok/user", "twitch/#chan"); `message` one sentence.
void log(log_level level, std::string_view component, std::string_view message);

bool log_enabled(log_level level) noexcept;

}  // namespace tiktok2twitch::core
