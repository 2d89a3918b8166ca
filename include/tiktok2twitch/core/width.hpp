// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tiktok2twitch::core {

// Cells that valid UTF-8 takes on a terminal (East Asian wide and emoji: two). An estimate: terminals
// disagree about emoji sequences.
std::size_t display_width(std::string_view text) noexcept;

// At most `cells` wide: cut with an ellipsis.
std::string cut_width(std::string_view text, std::size_t cells);

// Exactly `cells` wide: cut with an ellipsis or filled with blanks.
std::string fit_width(std::string_view text, std::size_t cells);

// Rows of at most `cells` (at least 2), broken at blanks where there are any; one row when there is no text.
std::vector<std::string> wrap_width(std::string_view text, std::size_t cells);

}  // namespace tiktok2twitch::core
