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

}  // namespace tiktok2twitch::twitch
