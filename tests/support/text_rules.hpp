// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What clean text must look like, said a second time without the code that makes it: for the property test
// and the fuzzer. Decoding and character data come straight from utf8proc.

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::test {

using code_points = std::vector<std::int32_t>;

// False when the bytes are not well-formed UTF-8.
inline bool decode(std::string_view text, code_points& out) {
    const auto* data = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        std::int32_t code_point = 0;
        const utf8proc_ssize_t used = utf8proc_iterate(data, left, &code_point);
        if (used <= 0) {
            return false;
        }
        out.push_back(code_point);
        data += used;
        left -= used;
    }
    return true;
}

inline bool is_forbidden(std::int32_t c) {
    static constexpr std::array<std::pair<std::int32_t, std::int32_t>, 22> ranges{
        {{0x0000, 0x001F},    {0x007F, 0x00A0},  {0x00AD, 0x00AD}, {0x034F, 0x034F}, {0x061C, 0x061C},
         {0x115F, 0x1160},    {0x180E, 0x180E},  {0x2000, 0x200B}, {0x200E, 0x200F}, {0x2028, 0x202F},
         {0x205F, 0x206F},    {0x2800, 0x2800},  {0x3000, 0x3000}, {0x3164, 0x3164}, {0xD800, 0xF8FF},
         {0xFDD0, 0xFDEF},    {0xFEFF, 0xFEFF},  {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0xE0000, 0xE0FFF},
         {0xF0000, 0x10FFFF}, {0x1D173, 0x1D17A}}};
    return (c & 0xFFFE) == 0xFFFE || std::ranges::any_of(ranges, [c](const auto& range) {
               return c >= range.first && c <= range.second;
           });
}

inline bool is_pictographic(std::int32_t c) {
    return utf8proc_get_property(c)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

inline bool is_selector(std::int32_t c) {
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x180B && c <= 0x180D) || c == 0x180F;
}

inline bool joins_pictographs(const code_points& text, std::size_t at) {
    std::size_t before = at;
    while (before > 0 && (text[before - 1] == 0xFE0F || is_selector(text[before - 1]) ||
                          (text[before - 1] >= 0x1F3FB && text[before - 1] <= 0x1F3FF))) {
        --before;
    }
    return before > 0 && is_pictographic(text[before - 1]) && at + 1 < text.size() &&
           is_pictographic(text[at + 1]);
}

inline int category_of(std::int32_t c) {
    return utf8proc_get_property(c)->category;
}

inline bool is_mark(std::int32_t c) {
    return category_of(c) >= UTF8PROC_CATEGORY_MN && category_of(c) <= UTF8PROC_CATEGORY_ME;
}

inline bool is_virama(std::int32_t c) {
    return utf8proc_get_property(c)->combining_class == 9;
}

// Of the scripts whose letters change their shape: those of bidi class AL, and some more blocks.
inline bool joins(std::int32_t c) {
    static constexpr std::array<std::pair<std::int32_t, std::int32_t>, 7> blocks{{{0x07C0, 0x07FF},
                                                                                  {0x0840, 0x085F},
                                                                                  {0x1820, 0x18AA},
                                                                                  {0xA840, 0xA87F},
                                                                                  {0x10AC0, 0x10AFF},
                                                                                  {0x10D00, 0x10D3F},
                                                                                  {0x1E900, 0x1E95F}}};
    const bool letter = category_of(c) >= UTF8PROC_CATEGORY_LU && category_of(c) <= UTF8PROC_CATEGORY_LO;
    return letter && (utf8proc_get_property(c)->bidi_class == UTF8PROC_BIDI_CLASS_AL ||
                      std::ranges::any_of(
                          blocks, [c](const auto& block) { return c >= block.first && c <= block.second; }));
}

// U+200C and U+200D: beside a virama, between emoji, and in scripts that join.
inline bool joiner_has_a_place(const code_points& text, std::size_t at) {
    if (at == 0) {
        return false;
    }
    const bool last = at + 1 == text.size();
    if (is_virama(text[at - 1]) || (text[at] == 0x200D && joins_pictographs(text, at))) {
        return true;
    }
    std::size_t before = at - 1;
    while (before > 0 && is_mark(text[before])) {
        --before;
    }
    if (!last && is_virama(text[at + 1]) && (text[before] >> 7) == (text[at + 1] >> 7)) {
        return true;
    }
    return joins(text[before]) && (text[at] == 0x200D || (!last && joins(text[at + 1])));
}

inline std::string broken_neighbours(const code_points& text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool last = i + 1 == text.size();
        if (text[i] == ' ' && (i == 0 || last || text[i + 1] == ' ')) {
            return "blank not collapsed";
        }
        if (text[i] == '@' && !last && text[i + 1] != ' ') {
            return "a name would be pinged";
        }
        if ((text[i] == 0x200D || text[i] == 0x200C) && !joiner_has_a_place(text, i)) {
            return "joiner where nothing joins";
        }
        const int category = category_of(text[i]);
        const bool mark = category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
        if (mark && (i == 0 || text[i - 1] == ' ')) {
            return "mark without a base";
        }
    }
    return {};
}

// Marks that any script may have, or that sit on no letter of a script with marks of its own.
inline bool is_foreign_mark(std::int32_t mark, std::int32_t base) {
    static constexpr std::array<std::pair<std::int32_t, std::int32_t>, 6> blocks{{{0x0300, 0x036F},
                                                                                  {0x1AB0, 0x1AFF},
                                                                                  {0x1DC0, 0x1DFF},
                                                                                  {0x20D0, 0x20FF},
                                                                                  {0xFE20, 0xFE2F},
                                                                                  {0x1D165, 0x1D244}}};
    const bool letter =
        category_of(base) >= UTF8PROC_CATEGORY_LU && category_of(base) <= UTF8PROC_CATEGORY_LO;
    return !letter || base < 0x0530 || category_of(mark) == UTF8PROC_CATEGORY_ME ||
           std::ranges::any_of(
               blocks, [mark](const auto& block) { return mark >= block.first && mark <= block.second; });
}

// Of one grapheme cluster.
inline std::string broken_stack(const code_points& cluster, const core::text_limits& limits) {
    std::int32_t base = 0;
    std::size_t foreign = 0;
    std::size_t own = 0;
    for (const std::int32_t c : cluster) {
        const bool skin_tone = c >= 0x1F3FB && c <= 0x1F3FF;
        if (is_selector(c) || skin_tone || c == 0x200C || c == 0x200D ||
            category_of(c) == UTF8PROC_CATEGORY_MC) {
            continue;
        }
        if (!is_mark(c)) {
            base = c;
        } else if (is_foreign_mark(c, base)) {
            ++foreign;
        } else if (++own > limits.script_marks || std::ranges::count(cluster, c) > 2) {
            return "too many marks of a script";
        }
        if (foreign > limits.combining_marks) {
            return "too many marks";
        }
    }
    return {};
}

inline std::string broken_clusters(const code_points& text, const core::text_limits& limits) {
    code_points last;
    code_points current;
    std::size_t run = 0;
    std::int32_t state = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        current.push_back(text[i]);
        if (i + 1 < text.size() && !utf8proc_grapheme_break_stateful(text[i], text[i + 1], &state)) {
            continue;
        }
        run = current == last ? run + 1 : 1;
        if (run > limits.repeated_clusters) {
            return "flood of one character";
        }
        if (current.size() > limits.cluster_code_points) {
            return "cluster too long";
        }
        if (std::string rule = broken_stack(current, limits); !rule.empty()) {
            return rule;
        }
        last = std::exchange(current, {});
    }
    return {};
}

// The rule that `text` breaks; empty when it is clean.
inline std::string broken_rule(std::string_view text, const core::text_limits& limits = {}) {
    code_points decoded;
    if (!decode(text, decoded)) {
        return "not UTF-8";
    }
    if (std::ranges::any_of(decoded, is_forbidden)) {
        return "forbidden character";
    }
    std::string rule = broken_neighbours(decoded);
    return rule.empty() ? broken_clusters(decoded, limits) : rule;
}

}  // namespace tiktok2twitch::test
