// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/filter/words/skeleton.hpp"

#include <algorithm>

#include <utf8proc.h>

#include "tiktok2twitch/core/unicode.hpp"
#include "tiktok2twitch/relay/filter/words/look_alikes.hpp"

namespace tiktok2twitch::relay {
namespace {

constexpr auto fold_options = static_cast<utf8proc_option_t>(
    UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);

}  // namespace

folded_code_point::folded_code_point(char32_t code_point) {
    const auto size =
        utf8proc_decompose_char(static_cast<utf8proc_int32_t>(code_point), parts_.data(),
                                static_cast<utf8proc_ssize_t>(parts_.size()), fold_options, nullptr);
    if (size >= 0 && static_cast<std::size_t>(size) <= parts_.size()) {
        size_ = static_cast<std::size_t>(size);
    } else {  // not assigned: stands for itself
        parts_[0] = static_cast<std::int32_t>(code_point);
        size_ = 1;
    }
}

folded_code_point folded_code_point::composed(char32_t code_point) {
    folded_code_point result(code_point);
    const auto size =
        utf8proc_normalize_utf32(result.parts_.data(), static_cast<utf8proc_ssize_t>(result.size_),
                                 static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    if (size >= 0)
        result.size_ = static_cast<std::size_t>(size);
    return result;
}

folded_text fold_with_origins(std::string_view text) {
    folded_text result;
    result.text.reserve(text.size());
    result.origin.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto begin = static_cast<std::uint32_t>(at);
        const auto folded = folded_code_point::composed(core::utf8::next(text, at));
        for (const std::int32_t part : folded.parts())
            core::utf8::append(result.text, static_cast<char32_t>(part));
        result.origin.resize(result.text.size(), begin);
    }
    return result;
}

namespace {

constexpr bool within(char32_t c, char32_t first, char32_t last) noexcept {
    return c >= first && c <= last;
}

// Thai and Lao, Myanmar, Khmer, Hiragana, Han (UAX #29 leaves their words to dictionaries).
constexpr bool has_no_blanks(char32_t c) noexcept {
    return within(c, 0x0E00, 0x0EFF) || within(c, 0x1000, 0x109F) || within(c, 0x1780, 0x17FF) ||
           within(c, 0x3041, 0x3096) || within(c, 0x3400, 0x4DBF) || within(c, 0x4E00, 0x9FFF) ||
           within(c, 0x20000, 0x3FFFF);
}

constexpr bool is_apostrophe(char32_t c) noexcept {
    return c == U'\'' || c == U'’' || c == U'‘' || c == U'ʼ' || c == U'´' || c == U'`';
}

// Vowel signs, viramas, nuktas and voicing marks (combining classes 0, 9, 7, 8) make another letter; accents
// do not. On a Latin letter nothing but an accent can be meant.
bool is_accent(const utf8proc_property_t& property, bool on_latin) noexcept {
    if (property.category == UTF8PROC_CATEGORY_ME || on_latin)
        return true;
    const auto order = property.combining_class;
    return property.category == UTF8PROC_CATEGORY_MN && order != 0 && order != 7 && order != 8 && order != 9;
}

bool is_mark(int category) noexcept {
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
           category == UTF8PROC_CATEGORY_ME;
}

// "か" with its voicing mark is "が". False when the two make no letter.
bool voice(sign& letter, const utf8proc_property_t& mark, char32_t code_point) {
    constexpr int voicing = 8;
    if (mark.combining_class != voicing || letter.kind != sign_kind::letter)
        return false;
    std::int32_t both[] = {static_cast<std::int32_t>(letter.literal), static_cast<std::int32_t>(code_point)};
    constexpr auto compose = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (utf8proc_normalize_utf32(both, 2, compose) != 1)
        return false;
    letter.literal = static_cast<char32_t>(both[0]);
    return true;
}

sign_kind kind_of(char32_t c, int category) noexcept {
    if (is_apostrophe(c))
        return sign_kind::apostrophe;
    if (!leet_letters(c).empty() && category != UTF8PROC_CATEGORY_ND)
        return sign_kind::symbol;
    switch (category) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
            return sign_kind::letter;
        case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_NL:
        case UTF8PROC_CATEGORY_NO:
            return sign_kind::digit;
        case UTF8PROC_CATEGORY_SM:
        case UTF8PROC_CATEGORY_SC:
        case UTF8PROC_CATEGORY_SK:
        case UTF8PROC_CATEGORY_SO:
            return sign_kind::symbol;
        case UTF8PROC_CATEGORY_ZS:
            return sign_kind::blank;
        default:
            return sign_kind::punctuation;
    }
}

sign make_sign(char32_t original, char32_t folded, int category) {
    sign result;
    result.literal = folded;
    result.kind = kind_of(folded, category);
    if (result.kind == sign_kind::letter) {
        result.latin = folded >= U'a' && folded <= U'z';
        result.cyrillic = within(folded, 0x0400, 0x052F);
        result.second = second_look_alike(original);
        result.alone = has_no_blanks(folded);
        if (const char like = look_alike(folded); like != 0)
            result.literal = static_cast<char32_t>(like);
    } else if (result.kind == sign_kind::symbol) {
        result.second = letter_in_a_box(original);
    }
    return result;
}

}  // namespace

void append_sign(std::vector<sign>& signs, const sign& next) {
    if (!signs.empty() && next.kind == sign_kind::letter && !next.alone) {
        sign& last = signs.back();
        if (last.kind == sign_kind::letter && last.literal == next.literal && last.second == next.second) {
            last.run = static_cast<std::uint8_t>(std::min(3, last.run + next.run));
            last.latin = last.latin || next.latin;
            last.cyrillic = last.cyrillic || next.cyrillic;
            last.where.end = next.where.end;
            return;
        }
    }
    signs.push_back(next);
}

std::vector<sign> signs_of(std::string_view text) {
    std::vector<sign> signs;
    signs.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t original = core::utf8::next(text, at);
        const folded_code_point folded(original);
        for (const std::int32_t part : folded.parts()) {
            const auto code_point = static_cast<char32_t>(part);
            const utf8proc_property_t& property = core::property_of(code_point);
            const bool on_latin = !signs.empty() && signs.back().literal < 0x80;
            const bool accent = is_mark(property.category) && is_accent(property, on_latin);
            if (core::is_skin_tone(code_point) || accent ||
                (!signs.empty() && voice(signs.back(), property, code_point))) {
                if (!signs.empty())
                    signs.back().where.end = at;
                continue;
            }
            sign next = make_sign(original, code_point, property.category);
            next.where = {begin, at};
            append_sign(signs, next);
        }
    }
    return signs;
}

}  // namespace tiktok2twitch::relay
