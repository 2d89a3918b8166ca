// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/log_text.hpp"

#include <array>
#include <cstdio>

#include "tiktok2twitch/core/unicode.hpp"

namespace tiktok2twitch::core {
namespace {

// C0, DEL and C1 move a terminal's cursor or worse; the rest turns the order of what stands around it.
constexpr bool harms(char32_t c) noexcept {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200e || c == 0x200f ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

// "@ann" of "tiktok/@ann": on a terminal every cell counts.
std::string_view short_source(std::string_view component) noexcept {
    const auto slash = component.find('/');
    return slash == std::string_view::npos ? component : component.substr(slash + 1);
}

std::string_view color_of(log_level level) noexcept {
    switch (level) {
        case log_level::debug:
            return "\x1b[36m";
        case log_level::info:
            return "\x1b[32m";
        case log_level::warning:
            return "\x1b[33m\x1b[1m";
        case log_level::error:
            return "\x1b[31m\x1b[1m";
    }
    return "";
}

std::string level_text(log_level level, bool color) {
    const std::string name(name_of(level));
    return color ? std::string(color_of(level)) + name + "\x1b[m" : name;
}

// syslog(3): debug 7, info 6, warning 4, error 3.
char priority_of(log_level level) noexcept {
    switch (level) {
        case log_level::debug:
            return '7';
        case log_level::info:
            return '6';
        case log_level::warning:
            return '4';
        case log_level::error:
            return '3';
    }
    return '6';
}

}  // namespace

std::string_view name_of(log_level level) noexcept {
    switch (level) {
        case log_level::debug:
            return "debug";
        case log_level::info:
            return "info";
        case log_level::warning:
            return "warning";
        case log_level::error:
            return "error";
    }
    return "";
}

std::string utc_text(const log_time& at) {
    std::array<char, 80> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03uZ", at.parts.tm_year + 1900,
                  at.parts.tm_mon + 1, at.parts.tm_mday, at.parts.tm_hour, at.parts.tm_min, at.parts.tm_sec,
                  at.milliseconds);
    return text.data();
}

std::string one_row(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto code_point = utf8::next(text, at);
        utf8::append(out, harms(code_point) ? U' ' : code_point);
    }
    return out;
}

std::string log_text(log_style style, log_level level, std::string_view component, std::string_view text,
                     const log_time& at, bool color) {
    const auto rest = ": " + one_row(text) + "\n";
    if (style == log_style::journal)
        return std::string("<") + priority_of(level) + ">" + one_row(component) + rest;
    if (style == log_style::full)
        return utc_text(at) + " " + level_text(level, color) + " " + one_row(component) + rest;
    std::array<char, 40> clock{};
    std::snprintf(clock.data(), clock.size(), "%02d:%02d:%02d ", at.parts.tm_hour, at.parts.tm_min,
                  at.parts.tm_sec);
    return clock.data() + (level == log_level::info ? std::string() : level_text(level, color) + " ") +
           one_row(short_source(component)) + rest;
}

}  // namespace tiktok2twitch::core
