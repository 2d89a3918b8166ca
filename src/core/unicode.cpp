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

bool is_joining_letter(char32_t c) noexcept {
    const utf8proc_property_t& property = property_of(c);
    if (property.category < UTF8PROC_CATEGORY_LU || property.category > UTF8PROC_CATEGORY_LO) {
        return false;
    }
    // N'Ko, Mandaic, Mongolian, Phags-pa, Manichaean, Hanifi Rohingya, Adlam.
    return property.bidi_class == UTF8PROC_BIDI_CLASS_AL || within(c, 0x07C0, 0x07FF) ||
           within(c, 0x0840, 0x085F) || within(c, 0x1820, 0x18AA) || within(c, 0xA840, 0xA87F) ||
           within(c, 0x10AC0, 0x10AFF) || within(c, 0x10D00, 0x10D3F) || within(c, 0x1E900, 0x1E95F);
}

bool is_stacking(char32_t mark) noexcept {
    const auto category = property_of(mark).category;
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

bool is_own_mark(char32_t mark, char32_t base) noexcept {
    const bool any_script = within(mark, 0x0300, 0x036F) || within(mark, 0x1AB0, 0x1AFF) ||
                            within(mark, 0x1DC0, 0x1DFF) || within(mark, 0x20D0, 0x20FF) ||
                            within(mark, 0xFE20, 0xFE2F) || within(mark, 0x1D165, 0x1D244);
    if (any_script || property_of(mark).category != UTF8PROC_CATEGORY_MN || base < 0x0530) {
        return false;
    }
    const auto category = property_of(base).category;
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool may_be_unknown(char32_t c) noexcept {
    const treatment kind = treatment_of(c);
    return (kind != treatment::keep && kind != treatment::blank) ||
           property_of(c).category == UTF8PROC_CATEGORY_CN || within(c, 0x1FA70, 0x1FAFF);
}

}  // namespace tiktok2twitch::core
