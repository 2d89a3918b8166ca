// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/direction.hpp"

#include "tiktok2twitch/core/unicode.hpp"

namespace tiktok2twitch::core {

direction direction_of(std::string_view text) noexcept {
    auto seen = direction::neutral;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = utf8::next(text, at);
        if (c < 0x80) {
            const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (letter)
                seen = direction::left_to_right;
            continue;
        }
        switch (property_of(c).bidi_class) {
            case UTF8PROC_BIDI_CLASS_R:
            case UTF8PROC_BIDI_CLASS_AL:
                return direction::right_to_left;
            case UTF8PROC_BIDI_CLASS_L:
                seen = direction::left_to_right;
                break;
            default:
                break;
        }
    }
    return seen;
}

}  // namespace tiktok2twitch::core
