// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Cutting that says nothing new. Filters judge whole texts; the first half of a harmless word may be a
// blocked one ("ass" of "assesses"), and that of a harmless word with a dot a link ("evil.com" of
// "evil.community").

#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "core/code_points.hpp"
#include "core/utf8.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::core {
namespace {

constexpr std::string_view ellipsis = "…";

bool is_mark(char32_t c) noexcept {
    const int category = property_of(c).category;
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

bool is_letter_or_number(char32_t c) noexcept {
    const int category = property_of(c).category;
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

bool is_picture(char32_t c) noexcept {
    return property_of(c).category == UTF8PROC_CATEGORY_SO;
}

// Whether `c`, or a sign of its compatibility form, is one: "．", "…" and "㏂" have dots.
template <class Test>
bool any_form(char32_t c, const Test& is_one) noexcept {
    std::array<utf8proc_int32_t, 32> forms{};  // the longest has 18
    const auto size = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), forms.data(), forms.size(),
                                              UTF8PROC_COMPAT, nullptr);
    if (size < 0 || static_cast<std::size_t>(size) > forms.size())
        return is_one(c);
    return std::any_of(forms.begin(), forms.begin() + size,
                       [&](utf8proc_int32_t form) { return is_one(static_cast<char32_t>(form)); });
}

// What address bars, or readers, take for one.
bool is_dot(char32_t c) noexcept {
    return any_form(c, [](char32_t form) noexcept {
        constexpr std::u32string_view dots = U".\u3002\u2024\u2027\uA4F8\u0701\u0702";
        return dots.find(form) != std::u32string_view::npos;
    });
}

// Parts words to everybody: hyphens, commas, slashes. Not what stands for a letter ("sh!t", "p@ss").
bool parts_words(char32_t c) noexcept {
    const int category = property_of(c).category;
    const bool parts = category == UTF8PROC_CATEGORY_PC || category == UTF8PROC_CATEGORY_PD ||
                       category == UTF8PROC_CATEGORY_PO;
    return parts && !any_form(c, [](char32_t form) noexcept {
               return form == U'!' || form == U'@' || form == U'\u00A1';
           });
}

class cutter {
public:
    explicit cutter(std::string_view text) noexcept : text_(text) {}

    // `end`: where a plain cut falls, between two clusters. Where this one does.
    std::size_t end_of(std::size_t end) const {
        if (beside_picture(end))
            return end;
        const std::size_t begin = word_begin(end);
        const bool inside = begin < end && text_[end] != ' ';
        const std::size_t kept = without_spelled(inside || text_[end] != ' ' ? begin : end + 1);
        if (kept > end || (kept == end && !inside))
            return end;
        if (readable(text_.substr(0, kept)))
            return kept - 1;
        return inside ? end_in_word(begin, end) : end;
    }

private:
    // Pictures part words and links as blanks do, and a line of nothing but them has no blanks.
    bool beside_picture(std::size_t end) const {
        std::size_t behind = end;
        if (is_picture(utf8::next(text_, behind)))
            return true;
        for (std::size_t at = end; at > 0;) {
            do
                --at;
            while (at > 0 && (static_cast<unsigned char>(text_[at]) & 0xC0) == 0x80);
            std::size_t read = at;
            const char32_t c = utf8::next(text_, read);
            if (!is_mark(c) && !is_skin_tone(c))
                return is_picture(c);
        }
        return false;
    }

    std::size_t word_begin(std::size_t at) const {
        const std::size_t blank = at == 0 ? std::string_view::npos : text_.rfind(' ', at - 1);
        return blank == std::string_view::npos ? 0 : blank + 1;
    }

    // "b a d l y" is a word as well: it goes as a whole. `next`: the first word that is lost.
    std::size_t without_spelled(std::size_t next) const {
        while (next > 0 && next < text_.size() && single(next)) {
            const std::size_t before = word_begin(next - 1);
            if (!single(before))
                break;
            next = before;
        }
        return next;
    }

    bool single(std::size_t at) const {
        std::size_t letters = 0;
        while (at < text_.size() && text_[at] != ' ') {
            const char32_t c = utf8::next(text_, at);
            if (is_picture(c) || (is_letter_or_number(c) && ++letters > 1))
                return false;
        }
        return true;
    }

    static bool readable(std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            const char32_t c = utf8::next(text, at);
            if (is_letter_or_number(c) || is_picture(c))
                return true;
        }
        return false;
    }

    // There is only this word. It ends before its first dot, for behind that "evil.me.and" is no link and
    // "evil.me" is one; or with its last whole part; or, a single part, anywhere.
    std::size_t end_in_word(std::size_t begin, std::size_t end) const {
        std::size_t letters = 0;  // of this part; one is a letter of something spelled, "b-a-d"
        std::size_t parted = end;
        bool any = false;
        for (std::size_t at = begin; at < end;) {
            const std::size_t here = at;
            const char32_t c = utf8::next(text_, at);
            if (is_letter_or_number(c)) {
                ++letters;
                any = true;
            } else if (any && is_dot(c)) {
                return here;
            } else if (parts_words(c)) {
                parted = letters > 1 ? here : parted;
                letters = 0;
            }
        }
        return parted;
    }

    std::string_view text_;
};

std::string shortened(std::string_view text, std::string cut) {
    if (cut.size() < ellipsis.size() || cut == text)
        return cut;
    cut.resize(cutter(text).end_of(cut.size() - ellipsis.size()));
    return cut.append(ellipsis);
}

}  // namespace

std::string shorten_code_points(std::string_view text, std::size_t limit) {
    return shortened(text, cut_code_points(text, limit));
}

std::string shorten_clusters(std::string_view text, std::size_t limit) {
    return shortened(text, cut_clusters(text, limit));
}

}  // namespace tiktok2twitch::core
