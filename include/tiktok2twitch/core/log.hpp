// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Log lines for people (text) or machines (one JSON object per line), always on stderr, and the one row that
// a relay keeps below them on a terminal.
// Never pass chat text at info or above, and never a token at any level: take core::secret, which
// cannot be printed. Safe to call from any thread.

#include <cstdint>
#include <string_view>

namespace tiktok2twitch::core {

enum class log_level : std::uint8_t { debug, info, warning, error };
enum class log_format : std::uint8_t { text, json };
// How text lines begin, see src/core/log_text.hpp: for files and pipes, for people who look on, for journald.
enum class log_style : std::uint8_t { full, terminal, journal };

struct log_options {
    log_level level = log_level::info;
    log_format format = log_format::text;
    log_style style = log_style::full;
    bool color = false;
    bool row = false;  // stderr is a terminal that can show log_row()
};

// Call once before the threads start; without it, the defaults above apply.
void configure_log(const log_options& options);

// `component` is the part of the program ("tiktok/@user", "twitch/#chan"); `message` one sentence.
void log(log_level level, std::string_view component, std::string_view message);

bool log_enabled(log_level level) noexcept;

// The row below the log, cut to the terminal's width, instead of the one before; empty: none. Without effect
// where log_options.row is not set.
void log_row(std::string_view row);
bool log_has_row() noexcept;

// While this lives nothing but its maker writes, and the row is out of the way: for whole lines to standard
// output, which may be the same terminal.
class row_aside {
public:
    row_aside();
    ~row_aside();
    row_aside(const row_aside&) = delete;
    row_aside& operator=(const row_aside&) = delete;
};

// While this lives, lines that repeat are counted (see repeat_limiter.hpp): in a relay whatever happens
// outside can happen 20,000 times a minute. Debugging lines are left alone. One at a time.
class log_limits {
public:
    log_limits();
    ~log_limits();  // says what was counted
    log_limits(const log_limits&) = delete;
    log_limits& operator=(const log_limits&) = delete;

    // Says what was counted and is due. Call it about once a second.
    static void poll();
};

}  // namespace tiktok2twitch::core
