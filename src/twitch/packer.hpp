// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::twitch {

// Between two messages in one line.
inline constexpr std::string_view part_separator = " \u00B7 ";

// `text` with every separator in it made harmless: nobody can write what looks like another's message.
std::string without_separator(std::string text);

struct packed_line {
    std::string text;
    std::size_t taken = 0;  // of `waiting`, from its front
};

// The next line out of what waits, in order. As many whole messages as fit in `limit` code points, at
// least one; the label is said once when all of them have the same. Not `enabled`: one message.
// Requires a non-empty `waiting`.
packed_line pack(std::span<const relay::line_part* const> waiting, std::size_t limit, bool enabled);

}  // namespace tiktok2twitch::twitch
