// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/terminal_row.hpp"

#include "tiktok2twitch/core/width.hpp"

namespace tiktok2twitch::core {
namespace {

constexpr std::string_view to_the_left = "\r";
constexpr std::string_view erase_rest_of_row = "\x1b[K";
constexpr std::string_view erase_rest_of_screen = "\x1b[J";
// Less than this shows nothing worth a row.
constexpr std::size_t fewest_columns = 10;

}  // namespace

std::string terminal_row::show(std::string_view row, std::size_t columns) {
    row_ = row;
    const auto wanted = columns < fewest_columns ? std::string() : cut_width(row_, columns - 1);
    if (wanted == drawn_ && drawn_cells_ < columns)
        return {};
    auto out = take_away(columns);  // before draw(): the operands of + have no order
    return out += draw(columns);
}

std::string terminal_row::print(std::string_view lines, std::size_t columns) {
    auto out = take_away(columns);
    out += lines;
    return out += draw(columns);
}

std::string terminal_row::take_away(std::size_t columns) {
    if (drawn_.empty())
        return {};
    std::string out(to_the_left);
    // A window that became narrower has folded the row into several; the cursor is in the last of them.
    if (columns > 0 && drawn_cells_ > columns) {
        const auto above = (drawn_cells_ - 1) / columns;
        out += "\x1b[" + std::to_string(above) + "A" + std::string(erase_rest_of_screen);
    } else {
        out += erase_rest_of_row;
    }
    drawn_.clear();
    drawn_cells_ = 0;
    return out;
}

std::string terminal_row::put_back(std::size_t columns) {
    return drawn_.empty() ? draw(columns) : std::string();
}

std::string terminal_row::draw(std::size_t columns) {
    if (columns < fewest_columns)
        return {};
    drawn_ = cut_width(row_, columns - 1);
    drawn_cells_ = display_width(drawn_);
    return drawn_;
}

}  // namespace tiktok2twitch::core
