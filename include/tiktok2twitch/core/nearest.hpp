// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace tiktok2twitch::core {

// Insertions, deletions, replacements and swaps of neighbours that turn `left` into `right`, upper and lower
// case alike. Only the first 64 bytes of each count.
std::size_t edit_distance(std::string_view left, std::string_view right);

// The candidate with the smallest distance, the first of several; `candidates` must not be empty.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

// The candidates that `word` may stand for, the best only: several that are equally good, or none, because a
// wrong hint is worse than none. Near is what differs in at most a third of its letters, what `word`
// abbreviates ("live": live_start, live_end) or says with more words (blocked_words: words).
std::vector<std::string_view> likely(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace tiktok2twitch::core
