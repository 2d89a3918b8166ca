// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "core/ascii.hpp"

namespace tiktok2twitch::twitch {

// In any case. Never for an empty word.
inline bool starts_with_word(std::string_view text, std::string_view word) {
    return !word.empty() && core::ascii::lower(text.substr(0, word.size())) == core::ascii::lower(word);
}

// A streamer may let the bot use the own account. Whether a command from that account was typed by a person:
// no line of ours begins with '!', whatever template, name or text (relay/formatter.hpp).
inline bool only_people_say(std::string_view word) {
    return word.starts_with('!');
}

}  // namespace tiktok2twitch::twitch
