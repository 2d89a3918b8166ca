// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "relay/word_matcher.hpp"
#include "tiktok2twitch/relay/filter/message_filter.hpp"

namespace tiktok2twitch::relay {

// The text of starter_lists/<language>.txt or starter_lists/swearing/<language>.txt, which the build puts
// into the program.
std::optional<std::string_view> starter_list(std::string_view language) noexcept;
std::optional<std::string_view> swearing_list(std::string_view language);

// Phrases in which words of these lists mean something else.
void add_exceptions(word_matcher& words);

// Adds the words of a list's text: one word or phrase per line; '#' at the start of a line or behind a blank
// begins a comment. The problem, with its line; empty: all were added. `name` is for messages, `list` for
// rules.
std::string add_list(word_matcher& words, std::string_view text, std::string_view name, std::string_view list,
                     bool is_shipped = false);

}  // namespace tiktok2twitch::relay
