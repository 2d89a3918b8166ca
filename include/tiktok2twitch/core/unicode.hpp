// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <utf8proc.h>

#include <cstdint>

namespace tiktok2twitch::core {

// What happens to a code point that a stranger wrote, before its neighbours are looked at.
enum class treatment : std::uint8_t {
    keep,
    blank,       // becomes a space: line breaks, odd blanks, characters that draw nothing but take room
    drop,        // control, bidi, tag, zero-width, private-use, noncharacter
    mark,        // combining mark (Mn, Mc, Me)
    selector,    // variation selector
    joiner,      // U+200D
    non_joiner,  // U+200C
};

treatment treatment_of(char32_t code_point) noexcept;

inline const utf8proc_property_t& property_of(char32_t code_point) noexcept {
    return *utf8proc_get_property(static_cast<utf8proc_int32_t>(code_point));
}

inline bool is_pictographic(char32_t code_point) noexcept {
    return property_of(code_point).boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

constexpr bool is_skin_tone(char32_t code_point) noexcept {
    return code_point >= 0x1F3FB && code_point <= 0x1F3FF;
}

// A letter whose shape depends on its neighbours: Arabic, Syriac, Mongolian ...
bool is_joining_letter(char32_t code_point) noexcept;

// A mark that takes no room of its own, so that many of them tower: Mn and Me.
bool is_stacking(char32_t mark) noexcept;
// One that belongs to the script of the letter below it: a Thai tone on a Thai letter, Hebrew points. The
// marks that go with any script are nobody's own (U+0300 and so on), and on Latin, Greek or Cyrillic, on
// digits and on pictures no mark is.
bool is_own_mark(char32_t mark, char32_t base) noexcept;

// What a service drops whose Unicode tables are older than ours, or that minds invisible signs: what is not
// assigned, marks and joiners, and the block that every version of Unicode adds pictures to.
bool may_be_unknown(char32_t code_point) noexcept;

}  // namespace tiktok2twitch::core
