// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "core/code_points.hpp"

namespace tiktok2twitch::core {
namespace {

treatment treatment_of_control(char32_t c) noexcept {
    const bool line_break = c == 0 || (c >= 0x09 && c <= 0x0D) || c == 0x85;
    return line_break ? treatment::blank : treatment::drop;
}

constexpr bool within(char32_t c, char32_t first, char32_t last) noexcept {
    return c >= first && c <= last;
}

// Draw nothing, but their general category (letter, symbol) does not say so: braille blank, Hangul fillers.
constexpr bool is_disguised_blank(char32_t c) noexcept {
    return c == 0x2800 || c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
}

constexpr bool is_selector(char32_t c) noexcept {
    return within(c, 0xFE00, 0xFE0F) || within(c, 0x180B, 0x180D) || c == 0x180F;
}

// Also what the library's table calls unassigned: the reserved parts of the tag block (Twitch drops all of
// it, twitch.md 2.2), of the specials and of the invisible operators.
constexpr bool is_never_shown(char32_t c) noexcept {
    const bool noncharacter = (c & 0xFFFE) == 0xFFFE || within(c, 0xFDD0, 0xFDEF);
    return noncharacter || within(c, 0xE0000, 0xE0FFF) || within(c, 0xFFF0, 0xFFFB) ||
           within(c, 0x2060, 0x206F);
}

}  // namespace

treatment treatment_of(char32_t c) noexcept {
    if (c < 0x20 || within(c, 0x7F, 0x9F)) {
        return treatment_of_control(c);
    }
    if (c < 0x7F) {
        return c == ' ' ? treatment::blank : treatment::keep;
    }
    if (c == 0x200D) {
        return treatment::joiner;
    }
    if (c == 0x200C) {
        return treatment::non_joiner;
    }
    if (is_selector(c)) {
        return treatment::selector;
    }
    if (is_disguised_blank(c)) {
        return treatment::blank;
    }
    if (is_never_shown(c)) {
        return treatment::drop;
    }
    const utf8proc_property_t& property = property_of(c);
    if (property.ignorable) {
        return treatment::drop;
    }
    switch (property.category) {
        case UTF8PROC_CATEGORY_ZS:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
            return treatment::blank;
        case UTF8PROC_CATEGORY_CC:
        case UTF8PROC_CATEGORY_CS:
        case UTF8PROC_CATEGORY_CO:
            return treatment::drop;
        case UTF8PROC_CATEGORY_CF:
            // The visible ones are prepended signs, such as the Arabic number sign.
            return property.boundclass == UTF8PROC_BOUNDCLASS_PREPEND ? treatment::keep : treatment::drop;
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
        case UTF8PROC_CATEGORY_ME:
            return treatment::mark;
        default:
            return treatment::keep;
    }
}

}  // namespace tiktok2twitch::core
