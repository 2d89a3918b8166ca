// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace tiktok2twitch::core {

// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`, upper and lower case
// alike. Only the first 64 bytes of each count: names are shorter, and typing errors are.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate with the smallest distance, the first of several; `candidates` must not be empty.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace tiktok2twitch::core
