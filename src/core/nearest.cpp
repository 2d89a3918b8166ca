// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "core/nearest.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "core/ascii.hpp"

namespace tiktok2twitch::core {
namespace {

using core::ascii::to_lower;

constexpr std::size_t max_word = 64;

constexpr std::string_view between_words = "_-.";

bool same(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

// Calls `each` with "min" and "coins" of "min_coins" until one answer is false.
template <class Each>
bool all_words(std::string_view name, const Each& each) {
    for (std::size_t end = 0; end != std::string_view::npos;
         name.remove_prefix(std::min(end + 1, name.size()))) {
        end = name.find_first_of(between_words);
        if (!each(name.substr(0, end))) {
            return false;
        }
    }
    return true;
}

bool has_all_words_of(std::string_view name, std::string_view part) {
    return all_words(part, [name](std::string_view wanted) {
        return !wanted.empty() &&
               !all_words(name, [wanted](std::string_view word) { return !same(word, wanted); });
    });
}

constexpr std::size_t far = std::numeric_limits<std::size_t>::max();

// Twice the distance, so that an abbreviation stands between the word itself and a typing error of one
// letter.
std::size_t unlikeness(std::string_view word, std::string_view candidate) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance != 0 && has_all_words_of(candidate, word)) {
        return 1;
    }
    const std::size_t longest = std::min(std::max(word.size(), candidate.size()), max_word);
    const std::size_t typed = distance * 3 <= longest ? distance * 2 : far;
    return has_all_words_of(word, candidate) ? std::min<std::size_t>(typed, 4) : typed;
}

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

std::vector<std::string_view> likely(std::string_view word, std::span<const std::string_view> candidates) {
    word = word.substr(0, max_word);  // what comes from a file may be long and of many words
    std::vector<std::string_view> best;
    std::size_t least = far;
    for (const std::string_view candidate : candidates) {
        const std::size_t unlike = unlikeness(word, candidate);
        if (unlike < least) {
            least = unlike;
            best.clear();
        }
        if (unlike == least && least != far) {
            best.push_back(candidate);
        }
    }
    return best;
}

}  // namespace tiktok2twitch::core
