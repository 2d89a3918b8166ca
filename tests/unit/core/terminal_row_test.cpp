// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/terminal_row.hpp"

#include <gtest/gtest.h>

#include "tiktok2twitch/core/width.hpp"

namespace tiktok2twitch::core {
namespace {

TEST(terminal_row, is_drawn_once_and_anew_when_it_changes) {
    terminal_row row;
    EXPECT_EQ(row.show("live 1 min", 80), "live 1 min");
    EXPECT_EQ(row.show("live 1 min", 80), "");
    EXPECT_EQ(row.show("live 2 min", 80), "\r\x1b[Klive 2 min");
    EXPECT_EQ(row.show("", 80), "\r\x1b[K");
    EXPECT_EQ(row.show("", 80), "");
}

TEST(terminal_row, lines_pass_above_it) {
    terminal_row row;
    EXPECT_EQ(row.print("one\n", 80), "one\n");
    row.show("live", 80);
    EXPECT_EQ(row.print("two\n", 80), "\r\x1b[Ktwo\nlive");
    EXPECT_EQ(row.print("three\nfour\n", 80), "\r\x1b[Kthree\nfour\nlive");
}

TEST(terminal_row, is_cut_by_cells_and_never_fills_the_last_column) {
    terminal_row row;
    for (const std::size_t columns : {10U, 11U, 20U, 39U, 80U}) {
        const auto text =
            row.show("live 12 min · 日本語日本語日本語 · relayed 1,204 · waiting 3 · lost 0 · 22 of 90 lines",
                     columns);
        EXPECT_LT(display_width(text.substr(text.find("live"))), columns) << columns;
        row.show("", columns);
    }
    EXPECT_EQ(row.show("日本語日本語日本語", 12), "日本語日本…");
}

TEST(terminal_row, in_no_space_there_is_no_row) {
    terminal_row row;
    EXPECT_EQ(row.show("live", 0), "");
    EXPECT_EQ(row.print("one\n", 5), "one\n");
    EXPECT_EQ(row.show("live", 80), "live");
    EXPECT_EQ(row.show("live", 9), "\r\x1b[K");
}

TEST(terminal_row, a_window_that_became_narrower_has_folded_it) {
    terminal_row row;
    const std::string long_row(50, 'x');
    row.show(long_row, 80);
    // 50 cells in a window of 20: three rows, the cursor is in the third.
    EXPECT_EQ(row.show(long_row, 20), "\r\x1b[2A\x1b[J" + std::string(18, 'x') + "…");
    // A wider one has not, and gets what was cut.
    EXPECT_EQ(row.show(long_row, 80), "\r\x1b[K" + long_row);
}

TEST(terminal_row, steps_aside_for_others_who_write) {
    terminal_row row;
    EXPECT_EQ(row.take_away(80), "");
    row.show("live", 80);
    EXPECT_EQ(row.take_away(80), "\r\x1b[K");
    EXPECT_EQ(row.put_back(80), "live");
    EXPECT_EQ(row.put_back(80), "");
}

}  // namespace
}  // namespace tiktok2twitch::core
