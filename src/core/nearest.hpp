// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace tiktok2twitch::core {

// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`, upper and lower case
// alike. Only the first 64 bytes of each count: names are shorter, and typing errors are.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate with the smallest distance, the first of several; `candidates` must not be empty.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

// The candidates that `word` may well stand for, the best only: several when they are equally good, none when
// nothing is near, because a wrong hint is worse than none. Near is what differs in at most a third of its
// letters, what `word` abbreviates ("live": live_start, live_end) or says with more words (blocked_words:
// words).
std::vector<std::string_view> likely(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace tiktok2twitch::core
