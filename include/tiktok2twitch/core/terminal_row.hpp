// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// One row at the bottom of a terminal that is drawn anew in its place, and the lines that pass above it.
// Pure: every function returns the bytes to write, all of them in one write so that nothing comes in between.
// Not thread-safe. Needs a terminal that knows CR, "erase in line" and "cursor up" (not TERM=dumb).

#include <cstddef>
#include <string>
#include <string_view>

namespace tiktok2twitch::core {

class terminal_row {
public:
    // From now on `row` stands at the bottom, cut to one cell less than `columns`: a full row would wrap in
    // some terminals. Empty: no row. Nothing to write when it stands there already.
    std::string show(std::string_view row, std::size_t columns);

    // `lines` (each with its line break at the end) above the row, which is drawn again below.
    std::string print(std::string_view lines, std::size_t columns);

    // What to write before and after something else writes whole lines to the same terminal.
    std::string take_away(std::size_t columns);
    std::string put_back(std::size_t columns);

private:
    std::string draw(std::size_t columns);

    std::string row_;    // as wanted
    std::string drawn_;  // as it stands there; empty: it does not
    std::size_t drawn_cells_ = 0;
};

}  // namespace tiktok2twitch::core
