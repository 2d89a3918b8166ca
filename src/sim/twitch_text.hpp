// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// How Twitch looks at one text (twitch.md 2.1-2.3).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::sim {

bool is_control(char32_t code_point) noexcept;
// "/word" and ".word", but not "/ text", ". text", "..." and "."; "/me" is one, too: nothing of a
// viewer's text may act.
bool is_command(std::string_view text) noexcept;
std::string_view first_word(std::string_view text) noexcept;
// Cut to `limit` code points, tag characters dropped, the "/ " or ". " escape taken off, trimmed.
std::string shown_text(std::string_view text, std::size_t limit);
bool contains_any(std::string_view text, const std::vector<std::string>& terms) noexcept;
bool only_emotes(std::string_view text) noexcept;
std::string seconds_left(core::duration time);  // rounded up, at least 1
std::string message_id(std::uint64_t number);   // shaped like a UUID

bool valid_login(std::string_view text) noexcept;
std::string lower(std::string_view text);  // ASCII
std::string escape_tag(std::string_view value);

}  // namespace tiktok2twitch::sim
