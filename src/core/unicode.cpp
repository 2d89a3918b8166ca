// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/unicode.hpp"

namespace tiktok2twitch::core::utf8 {
namespace {

// What may follow a lead byte (Unicode 15.0, table 3-7). Only the second byte has its own range: that
// is where overlong forms, surrogates and values above U+10FFFF are refused.
struct sequence {
    std::size_t trailing = 0;  // 0: the lead byte itself is ill-formed
    char32_t bits = 0;
    unsigned char second_low = 0x80;
    unsigned char second_high = 0xBF;
};

sequence sequence_of(unsigned char lead) noexcept {
    if (lead >= 0xC2 && lead <= 0xDF) {
        return {1, static_cast<char32_t>(lead & 0x1F), 0x80, 0xBF};
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        const unsigned char low = lead == 0xE0 ? 0xA0 : 0x80;
        const unsigned char high = lead == 0xED ? 0x9F : 0xBF;
        return {2, static_cast<char32_t>(lead & 0x0F), low, high};
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const unsigned char low = lead == 0xF0 ? 0x90 : 0x80;
        const unsigned char high = lead == 0xF4 ? 0x8F : 0xBF;
        return {3, static_cast<char32_t>(lead & 0x07), low, high};
    }
    return {};
}

}  // namespace

char32_t next(std::string_view bytes, std::size_t& at) noexcept {
    const auto lead = static_cast<unsigned char>(bytes[at++]);
    if (lead < 0x80) {
        return lead;
    }
    const sequence expected = sequence_of(lead);
    if (expected.trailing == 0) {
        return replacement_character;
    }
    char32_t value = expected.bits;
    for (std::size_t i = 0; i < expected.trailing; ++i) {
        if (at == bytes.size()) {
            return replacement_character;
        }
        const auto byte = static_cast<unsigned char>(bytes[at]);
        const unsigned char low = i == 0 ? expected.second_low : 0x80;
        const unsigned char high = i == 0 ? expected.second_high : 0xBF;
        if (byte < low || byte > high) {
            return replacement_character;
        }
        value = (value << 6) | (byte & 0x3Fu);
        ++at;
    }
    return value;
}

bool is_valid(std::string_view bytes) noexcept {
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t begin = at;
        if (next(bytes, at) == replacement_character && bytes.substr(begin, at - begin) != "\xEF\xBF\xBD") {
            return false;
        }
    }
    return true;
}

void append(std::string& out, char32_t code_point) {
    const auto put = [&out](char32_t byte) {
        out.push_back(static_cast<char>(byte));
    };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0 | (code_point >> 6));
        put(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        put(0xE0 | (code_point >> 12));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    } else {
        put(0xF0 | (code_point >> 18));
        put(0x80 | ((code_point >> 12) & 0x3F));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    }
}

}  // namespace tiktok2twitch::core::utf8

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
// it, docs/protocol/twitch.md §2.2), of the specials and of the invisible operators.
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
