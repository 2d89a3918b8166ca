// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/nearest.hpp"

#include <algorithm>
#include <array>

#include "tiktok2twitch/core/ascii.hpp"

namespace tiktok2twitch::core {
namespace {

constexpr std::size_t max_word = 64;
constexpr std::size_t far = 1000;  // beyond any number of errors

// How many letters differ; far: more than a third of them.
std::size_t typing_errors(std::string_view a, std::string_view b) {
    const std::size_t distance = edit_distance(a, b);
    return distance * 3 <= std::min(std::max(a.size(), b.size()), max_word) ? distance : far;
}

// Calls `each` with "min" and "coins" of "min_coins".
template <class Each>
void for_words(std::string_view name, const Each& each) {
    for (std::size_t end = 0; end != std::string_view::npos;
         name.remove_prefix(std::min(end + 1, name.size()))) {
        end = name.find_first_of("_-.");
        each(name.substr(0, end));
    }
}

// How many letters of the words of `part` differ from those of `whole`; far: it lacks one of them.
std::size_t errors_within(std::string_view part, std::string_view whole) {
    std::size_t sum = 0;
    for_words(part, [&](std::string_view wanted) {
        std::size_t least = far;
        for_words(whole,
                  [&](std::string_view word) { least = std::min(least, typing_errors(wanted, word)); });
        sum += wanted.empty() ? far : least;
    });
    return sum;
}

// Twice the errors, so that an abbreviation stands between the word itself and a typing error.
std::size_t unlikeness(std::string_view word, std::string_view candidate) {
    return std::min({2 * typing_errors(word, candidate), 2 * errors_within(word, candidate) + 1,
                     2 * errors_within(candidate, word) + 4});
}

}  // namespace

// Optimal string alignment distance.
std::size_t edit_distance(std::string_view left, std::string_view right) {
    const std::string a = ascii::lower(left.substr(0, max_word));
    const std::string b = ascii::lower(right.substr(0, max_word));
    std::array<std::array<std::uint8_t, max_word + 1>, max_word + 1> of{};
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            std::size_t least = i + j;
            if (i > 0 && j > 0) {
                const std::size_t replaced = of[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
                least = std::min({of[i - 1][j] + 1UL, of[i][j - 1] + 1UL, replaced});
            }
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                least = std::min(least, of[i - 2][j - 2] + 1UL);
            }
            of[i][j] = static_cast<std::uint8_t>(least);
        }
    }
    return of[a.size()][b.size()];
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    return *std::ranges::min_element(
        candidates, {}, [word](std::string_view candidate) { return edit_distance(word, candidate); });
}

std::vector<std::string_view> likely(std::string_view word, std::span<const std::string_view> candidates) {
    std::vector<std::string_view> best;
    std::size_t least = far - 1;
    for (const std::string_view candidate : candidates) {
        const std::size_t unlike = unlikeness(word.substr(0, max_word), candidate);
        if (unlike < least) {
            least = unlike;
            best.clear();
        }
        if (unlike == least) {
            best.push_back(candidate);
        }
    }
    return best;
}

}  // namespace tiktok2twitch::core
