// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tiktok2twitch::relay {

// The longest compatibility decomposition has 18 code points (U+FDFA).
class folded_code_point {
public:
    // Case folded, compatibility forms resolved, ignorable code points gone; decomposed.
    explicit folded_code_point(char32_t code_point);
    // The same, with accents put back on their letters.
    static folded_code_point composed(char32_t code_point);

    std::span<const std::int32_t> parts() const noexcept { return {parts_.data(), size_}; }

private:
    std::array<std::int32_t, 32> parts_{};
    std::size_t size_ = 0;
};

// Case folded code point by code point, so that every byte knows where it was.
struct folded_text {
    std::string text;
    std::vector<std::uint32_t> origin;  // of each byte: where its code point begins in the source
};
folded_text fold_with_origins(std::string_view text);

// What is left of a text when everything is taken away that does not change how it is read: case, accents,
// compatibility forms, the alphabet a look-alike letter comes from. Each sign knows where it was.

struct text_range {  // bytes
    std::size_t begin = 0;
    std::size_t end = 0;
    friend bool operator==(const text_range&, const text_range&) = default;
};

enum class sign_kind : std::uint8_t {
    letter,
    digit,
    symbol,  // may be read as a sign of its own, as a letter ("$") or as a mark between words
    punctuation,
    apostrophe,  // joins what other punctuation parts: "he'll" is not "hell"
    blank,
    stop,  // nothing is compared across it
};

struct sign {
    char32_t literal = 0;
    sign_kind kind = sign_kind::stop;
    std::uint8_t run = 1;  // the same letter so often in a row; 3 stands for more, too
    char second = 0;       // look_alikes.hpp: second_look_alike, or letter_in_a_box of a symbol
    bool latin = false;    // written with a Latin letter
    bool cyrillic = false;
    bool alone = false;  // of a script without blanks between words: a word in itself
    // spelling.hpp knows these two:
    bool number = false;          // a digit that stands for no letter: "600k", "1st", "A55"
    bool among_cyrillic = false;  // its text has Cyrillic letters, too
    text_range where;
};

constexpr bool in_word(const sign& s) noexcept {
    return (s.kind == sign_kind::letter || s.kind == sign_kind::digit) && !s.alone;
}

// Behind `signs`, or as one more of the letter they end in.
void append_sign(std::vector<sign>& signs, const sign& next);

// `text` is valid UTF-8. Linear; a code point becomes at most as many signs as its decomposition has (18).
std::vector<sign> signs_of(std::string_view text);

}  // namespace tiktok2twitch::relay
