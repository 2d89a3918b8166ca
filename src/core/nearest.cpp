// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "core/nearest.hpp"

#include <algorithm>
#include <array>

#include "core/ascii.hpp"

namespace tiktok2twitch::core {
namespace {

using core::ascii::to_lower;

constexpr std::size_t max_word = 64;

}  // namespace

// Optimal string alignment distance, with the three rows it needs.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    a = a.substr(0, max_word);
    b = b.substr(0, max_word);
    std::array<std::size_t, max_word + 1> before{};
    std::array<std::size_t, max_word + 1> last{};
    std::array<std::size_t, max_word + 1> row{};
    for (std::size_t j = 0; j <= b.size(); ++j) {
        last[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = to_lower(a[i - 1]) == to_lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
            const bool swapped = i > 1 && j > 1 && to_lower(a[i - 1]) == to_lower(b[j - 2]) &&
                                 to_lower(a[i - 2]) == to_lower(b[j - 1]);
            if (swapped) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        before = last;
        last = row;
    }
    return last[b.size()];
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    return *std::ranges::min_element(
        candidates, {}, [word](std::string_view candidate) { return edit_distance(word, candidate); });
}

}  // namespace tiktok2twitch::core
