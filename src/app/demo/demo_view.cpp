// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/demo/demo_view.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/width.hpp"

namespace tiktok2twitch::app {
namespace {

constexpr std::size_t time_cells = 6;  // " 12.3s"
constexpr std::size_t smallest_half = 24;
constexpr std::string_view indent = "  ";  // of a Twitch line's second and later rows

// A batch of comments comes every 0.6 s: so long a row of the right column waits for one to stand beside.
constexpr auto patience = std::chrono::milliseconds(800);
constexpr std::size_t most_waiting = 20;  // rows; a full Twitch line has about ten
constexpr auto same_again = std::chrono::seconds(1);

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

demo_view::demo_view(std::size_t columns, bool color, core::time_point start, demo_pace pace)
    : half_(std::max(smallest_half, columns > time_cells + 7 ? (columns - time_cells - 7) / 2 : 0)),
      color_(color),
      start_(start),
      pace_(pace) {}

std::string demo_view::header() const {
    return std::string(time_cells, ' ') + "  " +
           paint(core::fit_width("TikTok LIVE (stand-in)", half_), cyan) + "  | " +
           paint("Twitch chat (stand-in)", magenta) + "\n";
}

std::string demo_view::tiktok(std::string_view who, std::string_view text, core::time_point now) {
    count_held(now, false);
    last_left_ = now;
    std::string beside;
    if (!waiting_.empty()) {
        beside = std::move(waiting_.front());
        waiting_.pop_front();
    }
    // What viewers wrote is shown as it came, except for what would move the terminal's cursor.
    return row(core::clean_text(std::string(who) + ": " + std::string(text)), beside, now);
}

std::string demo_view::twitch(std::string_view who, std::string_view text, core::time_point now) {
    count_held(now, false);
    const auto rows = core::wrap_width(std::string(who) + ": " + std::string(text), half_ - indent.size());
    for (const auto& each : rows) {
        const bool first = &each == &rows.front();
        // The name in colour, as Twitch's own page has it.
        const bool named = first && each.starts_with(who);
        waiting_.push_back(named ? paint(who, magenta) + each.substr(who.size())
                                 : std::string(first ? "" : indent) + each);
    }
    return right(now);
}

std::string demo_view::held_back(const std::string& reason, std::string_view sentence, core::time_point now) {
    const auto [found, fresh] = held_.try_emplace(reason, held{now, 0});
    if (!fresh && now < found->second.shown + same_again) {
        ++found->second.more;
        return {};
    }
    show_held(1 + std::exchange(found->second.more, 0), fresh ? sentence : reason);
    found->second.shown = now;
    return right(now);
}

std::string demo_view::happening(std::string_view what, core::time_point now) {
    return rest(now) + paint(clock_text(now - start_) + "  --- " + std::string(what) + " ---", dim) + "\n";
}

std::string demo_view::rest(core::time_point now) {
    count_held(now, true);
    return waiting_rows(0, now);
}

// The rows that wait, or nothing while they may wait for comments to stand beside.
std::string demo_view::right(core::time_point now) {
    const bool may_wait = pace_ == demo_pace::flood && last_left_ && now < *last_left_ + patience;
    return waiting_rows(may_wait ? most_waiting : 0, now);
}

std::string demo_view::waiting_rows(std::size_t keep, core::time_point now) {
    std::string out;
    for (; waiting_.size() > keep; waiting_.pop_front())
        out += row("", waiting_.front(), now);
    return out;
}

void demo_view::count_held(core::time_point now, bool all) {
    for (auto& [reason, count] : held_) {
        if (count.more == 0 || (!all && now < count.shown + same_again))
            continue;
        show_held(std::exchange(count.more, 0), reason);
        count.shown = now;
    }
}

void demo_view::show_held(std::size_t count, std::string_view why) {
    const auto text =
        "x " + (count > 1 ? std::to_string(count) + " " : std::string()) + "held back: " + std::string(why);
    const auto rows = core::wrap_width(text, half_ - indent.size());
    for (const auto& each : rows)
        waiting_.push_back(paint(std::string(&each == &rows.front() ? "" : indent) + each, red));
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
