// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <utf8proc.h>

namespace tiktok2twitch::core::utf8 {

constexpr char32_t replacement_character = 0xFFFD;

// Decodes the code point that starts at `at` (< bytes.size()) and moves `at` behind it. Each maximal
// ill-formed subpart becomes one U+FFFD (Unicode 15.0, section 3.9, "U+FFFD substitution").
char32_t next(std::string_view bytes, std::size_t& at) noexcept;

// Nothing in it is ill-formed.
bool is_valid(std::string_view bytes) noexcept;

void append(std::string& out, char32_t code_point);

}  // namespace tiktok2twitch::core::utf8

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

// Walks over the extended grapheme clusters (UAX #29) of a text, which must outlive the walker.
class cluster_walker {
public:
    explicit cluster_walker(std::string_view text) noexcept : text_(text) {}

    bool done() const noexcept { return end_ == text_.size(); }
    std::size_t end() const noexcept { return end_; }                  // byte behind the last cluster
    std::size_t code_points() const noexcept { return code_points_; }  // up to there

    // Not when done().
    void next() noexcept {
        std::int32_t state = 0;
        char32_t last = utf8::next(text_, end_);
        ++code_points_;
        while (!done()) {
            std::size_t behind = end_;
            const char32_t following = utf8::next(text_, behind);
            if (utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(last),
                                                 static_cast<utf8proc_int32_t>(following), &state)) {
                return;
            }
            last = following;
            end_ = behind;
            ++code_points_;
        }
    }

private:
    std::string_view text_;
    std::size_t end_ = 0;
    std::size_t code_points_ = 0;
};

}  // namespace tiktok2twitch::core
