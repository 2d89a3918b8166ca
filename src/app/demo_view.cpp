// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "app/demo_view.hpp"

#include <algorithm>
#include <cstdio>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/width.hpp"

namespace tiktok2twitch::app {
namespace {

constexpr std::size_t time_cells = 6;  // " 12.3s"
constexpr std::size_t smallest_half = 24;

constexpr std::string_view dim = "2";
constexpr std::string_view red = "31";
constexpr std::string_view cyan = "36";
constexpr std::string_view magenta = "35";

std::string clock_text(core::duration since) {
    char text[32];
    std::snprintf(text, sizeof text, "%5.1fs", std::chrono::duration<double>(since).count());
    return text;
}

}  // namespace

demo_view::demo_view(std::size_t columns, bool color, core::time_point start)
    : half_(std::max(smallest_half, columns > time_cells + 7 ? (columns - time_cells - 7) / 2 : 0)),
      color_(color),
      start_(start) {}

std::string demo_view::header() const {
    return std::string(time_cells, ' ') + "  " +
           paint(core::fit_width("TikTok LIVE (stand-in)", half_), cyan) + "  | " +
           paint("Twitch chat (stand-in)", magenta) + "\n";
}

std::string demo_view::tiktok(std::string_view who, std::string_view text, core::time_point now) const {
    // What viewers wrote is shown as it came, except for what would move the terminal's cursor.
    return row(core::clean_text(std::string(who) + ": " + std::string(text)), "", now);
}

std::string demo_view::twitch(std::string_view who, std::string_view text, core::time_point now) const {
    return row("", std::string(who) + ": " + std::string(text), now);
}

std::string demo_view::held_back(std::string_view why, core::time_point now) const {
    return row("", paint("x " + core::fit_width(why, half_ > 2 ? half_ - 2 : 0), red), now);
}

std::string demo_view::happening(std::string_view what, core::time_point now) const {
    return paint(clock_text(now - start_) + "  --- " + std::string(what) + " ---", dim) + "\n";
}

std::string demo_view::row(std::string_view left, std::string_view right, core::time_point now) const {
    return paint(clock_text(now - start_), dim) + "  " + core::fit_width(left, half_) + "  | " +
           std::string(right) + "\n";
}

std::string demo_view::paint(std::string_view text, std::string_view code) const {
    if (!color_)
        return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace tiktok2twitch::app
