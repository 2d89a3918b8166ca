// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/format/part_signs.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "tiktok2twitch/core/unicode.hpp"

namespace tiktok2twitch::relay {
namespace {

// Bars that stand alone: box drawings, blocks, mathematical and typographic bars. Letters of a script (alef,
// click letters of words) and its full stops (danda) are not among them: they are needed to write.
constexpr bool is_bar(char32_t c) noexcept {
    constexpr auto singles = std::to_array<char32_t>({
        0x00A6, 0x01C0, 0x01C1, 0x05C0, 0x2016, 0x2223, 0x2225, 0x23AA, 0x23AE, 0x23B8,
        0x23B9, 0x23D0, 0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x254E, 0x254F,
        0x2551, 0x2575, 0x2577, 0x2579, 0x257B, 0x257D, 0x257F, 0x2588, 0x2590, 0x2758,
        0x2759, 0x275A, 0x2AFC, 0x2AFF, 0x2E3D, 0xFE31, 0xFE33, 0xFF5C, 0xFFE4, 0xFFE8,
    });
    return (c >= 0x2589 && c <= 0x258F) || std::ranges::find(singles, c) != singles.end();
}

constexpr bool is_times(char32_t c) noexcept {
    return c == 0x00D7 || c == 0x2573 || c == 0x2715 || c == 0x2716 || c == 0x2A09 || c == 0x2A2F ||
           c == 0x1F5D9;
}

constexpr bool is_selector(char32_t c) noexcept {
    return c == 0xFE0E || c == 0xFE0F;
}

// Beside such a sign a '|' is a part of a word or of a drawing.
bool is_word_sign(std::string_view text, std::size_t at) noexcept {
    return at < text.size() && text[at] > ' ' && text[at] < 0x7F;
}

// A run of '|' that touches a blank, an end or a foreign sign looks like the separator.
std::size_t copy_ascii_bars(std::string_view text, std::size_t at, std::string& out) {
    const std::size_t end = std::min(text.find_first_not_of('|', at), text.size());
    const bool inside = at > 0 && is_word_sign(text, at - 1) && is_word_sign(text, end);
    out.append(end - at, inside ? '|' : '-');
    return end;
}

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

// Of "x12 (ann, bob)" the bracket: with it the text reads as if others had said the same.
void open_folds(std::string& text) {
    for (std::size_t open = text.find('('); open != std::string::npos; open = text.find('(', open + 1)) {
        std::size_t at = open;
        while (at > 0 && text[at - 1] == ' ')
            --at;
        const std::size_t digits_end = at;
        while (at > 0 && is_digit(text[at - 1]))
            --at;
        if (at == digits_end)
            continue;
        while (at > 0 && text[at - 1] == ' ')
            --at;
        const std::string_view before = std::string_view(text).substr(0, at);
        constexpr auto crosses = std::to_array<std::string_view>({"x", "X", "\u0445", "\u0425"});
        if (std::ranges::any_of(crosses, [&](std::string_view cross) { return before.ends_with(cross); }))
            text[open] = '[';
    }
}

}  // namespace

std::string without_part_signs(std::string text) {
    const auto is_plain = [](char c) {
        return static_cast<unsigned char>(c) < 0x80 && c != '|' && c != '(';
    };
    if (std::ranges::all_of(text, is_plain))
        return text;
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '|') {
            at = copy_ascii_bars(text, at, out);
            continue;
        }
        const std::size_t begin = at;
        const char32_t c = core::utf8::next(text, at);
        if (!is_bar(c) && !is_times(c)) {
            out.append(text, begin, at - begin);
            continue;
        }
        out += is_bar(c) ? '-' : 'x';
        std::size_t behind = at;
        if (at < text.size() && is_selector(core::utf8::next(text, behind)))
            at = behind;  // it chose how the sign looks, and has nothing to stand on now
    }
    open_folds(out);
    return out;
}

}  // namespace tiktok2twitch::relay
