// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/link_cells.hpp"

#include <array>

#include "core/code_points.hpp"
#include "core/utf8.hpp"
#include "relay/look_alikes.hpp"
#include "relay/unicode_forms.hpp"

namespace tiktok2twitch::relay {
namespace {

using kind = link_cell::kind;

// IDNA takes three of them for a dot (RFC 3490, 3.1; compatibility makes two of those one); the others only
// look like it.
constexpr bool is_written_dot(char32_t c) noexcept {
    return c == U'.' || c == 0x3002 || c == 0x2024 || c == 0x2027 || c == 0xA4F8 || c == 0x0701 ||
           c == 0x0702;
}

kind kind_of(char32_t c, int category) noexcept {
    if (is_written_dot(c))
        return kind::dot;
    if (c == U' ')
        return kind::blank;
    if (c == U'-' || c == U'_')
        return kind::label;
    const bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    const bool number = category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO;
    return letter || number ? kind::label : kind::other;
}

bool is_mark(int category) noexcept {
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

// "🅲🅾🅼", but not the letters that flags are made of.
char32_t unboxed(char32_t c) noexcept {
    const bool flag = c >= 0x1F1E6 && c <= 0x1F1FF;
    const char letter = flag ? '\0' : letter_in_a_box(c);
    return letter == '\0' ? c : static_cast<char32_t>(letter);
}

std::vector<link_cell> plain_cells_of(std::string_view clean) {
    std::vector<link_cell> cells;
    cells.reserve(clean.size());
    for (std::size_t at = 0; at < clean.size();) {
        const std::size_t begin = at;
        const char32_t original = unboxed(core::utf8::next(clean, at));
        const bool upper = core::property_of(original).category == UTF8PROC_CATEGORY_LU;
        const folded_code_point folded(original);
        for (const std::int32_t part : folded.parts()) {
            const auto c = static_cast<char32_t>(part);
            const int category = core::property_of(c).category;
            if (is_mark(category)) {
                if (!cells.empty())
                    cells.back().where.end = at;
                continue;
            }
            cells.push_back({c, kind_of(c, category), upper, {begin, at}});
        }
    }
    return cells;
}

class reader {
public:
    explicit reader(const std::vector<link_cell>& cells) : cells_(cells) {}

    // A dot in disguise that starts at `at`: the cell, and `at` moved behind it.
    bool disguised(std::size_t& at, link_cell& out) const {
        std::size_t end = at;
        skip_blank(end);
        const bool apart = end > at;
        if (const char32_t closer = closer_of(end); closer != 0) {
            ++end;
            skip_blank(end);
            if (!dot_or_word(end))
                return false;
            skip_blank(end);
            if (end >= cells_.size() || cells_[end].literal != closer)
                return false;
            ++end;
            skip_blank(end);
            out.what = kind::hidden;
        } else if (apart && end < cells_.size() && cells_[end].what == kind::dot) {
            ++end;
            skip_blank(end);
            out.what = kind::spaced;
        } else {
            if (!apart || !word(end, U"dot"))
                return false;
            const std::size_t behind = end;
            skip_blank(end);
            if (end == behind)
                return false;
            out.what = kind::spoken;
        }
        if (end >= cells_.size() || cells_[end].what != kind::label)
            return false;
        out.literal = U'.';
        out.where = {cells_[at].where.begin, cells_[end].where.begin};
        at = end;
        return true;
    }

private:
    void skip_blank(std::size_t& at) const {  // clean text has no two in a row
        if (at < cells_.size() && cells_[at].what == kind::blank)
            ++at;
    }
    char32_t closer_of(std::size_t at) const {
        if (at >= cells_.size())
            return 0;
        switch (cells_[at].literal) {
            case U'(':
                return U')';
            case U'[':
                return U']';
            case U'{':
                return U'}';
            case U'<':
                return U'>';
            default:
                return 0;
        }
    }
    bool word(std::size_t& at, std::u32string_view expected) const {
        for (std::size_t i = 0; i < expected.size(); ++i) {
            if (at + i >= cells_.size() || cells_[at + i].literal != expected[i])
                return false;
        }
        at += expected.size();
        return true;
    }
    bool dot_or_word(std::size_t& at) const {
        constexpr std::array<std::u32string_view, 7> words{U"dot",   U"d0t",   U"punkt", U"punto",
                                                           U"ponto", U"point", U"точка"};
        if (at < cells_.size() && cells_[at].what == kind::dot) {
            ++at;
            return true;
        }
        for (const std::u32string_view each : words) {
            if (word(at, each))
                return true;
        }
        return false;
    }

    const std::vector<link_cell>& cells_;
};

}  // namespace

std::vector<link_cell> link_cells_of(std::string_view clean) {
    const std::vector<link_cell> plain = plain_cells_of(clean);
    const reader read(plain);
    std::vector<link_cell> cells;
    cells.reserve(plain.size());
    for (std::size_t at = 0; at < plain.size();) {
        link_cell dot;
        if (!cells.empty() && cells.back().what == kind::label && read.disguised(at, dot)) {
            cells.push_back(dot);
        } else {
            cells.push_back(plain[at++]);
        }
    }
    return cells;
}

}  // namespace tiktok2twitch::relay
