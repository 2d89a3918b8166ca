// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A log line as text, in the form that suits who reads it. Pure.

#include <ctime>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::core {

// When it was said: the second in the parts that the style wants (UTC for files, local for a terminal).
struct log_time {
    std::tm parts{};
    unsigned milliseconds = 0;
};

// One line with its line break:
//   full      2026-11-26T12:13:13.893Z info tiktok/@ann: connected to the live
//   terminal  12:13:13 @ann: connected to the live         (the level where it is not info)
//   journal   <6>tiktok/@ann: connected to the live        (sd-daemon(3); the journal has the time)
// `color`: the level is coloured.
std::string log_text(log_style style, log_level level, std::string_view component, std::string_view text,
                     const log_time& at, bool color);

std::string_view name_of(log_level level) noexcept;

// ISO 8601 with milliseconds and Z, for parts in UTC.
std::string utc_text(const log_time& at);

// What a server or a file put into a message stays one row of text: control characters, direction marks and
// line separators become blanks, broken UTF-8 is repaired.
std::string one_row(std::string_view text);

}  // namespace tiktok2twitch::core
