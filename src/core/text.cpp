// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/text.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <memory>
#include <new>

#include <utf8proc.h>

#include "tiktok2twitch/core/text_cleaner.hpp"
#include "tiktok2twitch/core/unicode.hpp"

namespace tiktok2twitch::core {
namespace {

std::string clean(std::string_view bytes, const cleaner_bounds& bounds) {
    text_cleaner cleaner(bounds, bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        cleaner.push(utf8::next(bytes, at));
    }
    return cleaner.finish();
}

}  // namespace

std::string clean_text(std::string_view bytes, const text_limits& limits) {
    // Below 8 a blank or a base could be cut off its leading signs, and the text behind them with it.
    constexpr std::size_t smallest_cluster = 8;
    constexpr std::size_t leading = 3;
    constexpr std::size_t equal_marks = 2;
    const cleaner_bounds bounds{limits.combining_marks,
                                limits.script_marks,
                                equal_marks,
                                std::max<std::size_t>(limits.repeated_clusters, 1),
                                std::max(limits.cluster_code_points, smallest_cluster),
                                leading,
                                true};
    return clean(bytes, bounds);
}

std::string repair_utf8(std::string_view bytes) {
    constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();
    return clean(bytes,
                 cleaner_bounds{unlimited, unlimited, unlimited, unlimited, unlimited, unlimited, false});
}

std::string_view without_unknown_front(std::string_view line) noexcept {
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t begin = at;
        const char32_t code_point = utf8::next(line, at);
        if (code_point != U' ' && !may_be_unknown(code_point)) {
            return line.substr(begin);
        }
    }
    return {};
}

namespace {

constexpr std::string_view ellipsis = "…";

// Cuts at the last cluster end at which `measure` leaves room for the ellipsis.
template <class Measure>
std::string cut(std::string_view text, std::size_t limit, const Measure& measure) {
    cluster_walker walker(text);
    std::size_t clusters = 0;
    std::size_t fitting = 0;
    while (!walker.done()) {
        walker.next();
        const std::size_t used = measure(walker, ++clusters);
        if (used > limit) {
            return limit == 0 ? std::string() : std::string(text.substr(0, fitting)).append(ellipsis);
        }
        if (used < limit) {
            fitting = walker.end();
        }
    }
    return std::string(text);
}

// Normalisation sorts the marks behind a base by insertion. More than 30 do not occur in any language
// (UAX #15, Stream-Safe Text Format); without this bound a flood of marks would cost quadratic time.
std::string bounded_marks(std::string_view text) {
    constexpr std::size_t most = 30;
    std::string out;
    out.reserve(text.size());
    std::size_t run = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code_point = utf8::next(text, at);
        run = property_of(code_point).combining_class != 0 ? run + 1 : 0;
        if (run <= most) {
            utf8::append(out, code_point);
        }
    }
    return out;
}

struct free_deleter {
    void operator()(utf8proc_uint8_t* memory) const noexcept { std::free(memory); }
};

}  // namespace

std::size_t count_code_points(std::string_view text) noexcept {
    std::size_t count = 0;
    for (const char byte : text) {
        count += (static_cast<unsigned char>(byte) & 0xC0) != 0x80 ? 1 : 0;
    }
    return count;
}

std::size_t count_clusters(std::string_view text) {
    std::size_t count = 0;
    for (cluster_walker walker(text); !walker.done(); ++count) {
        walker.next();
    }
    return count;
}

std::string cut_code_points(std::string_view text, std::size_t limit) {
    return cut(text, limit,
               [](const cluster_walker& walker, std::size_t) noexcept { return walker.code_points(); });
}

std::string cut_clusters(std::string_view text, std::size_t limit) {
    return cut(text, limit, [](const cluster_walker&, std::size_t clusters) noexcept { return clusters; });
}

std::string fold_case(std::string_view text) {
    const std::string bounded = bounded_marks(text);
    constexpr auto nfkc_casefold = static_cast<utf8proc_option_t>(
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    utf8proc_uint8_t* memory = nullptr;
    const utf8proc_ssize_t size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(bounded.data()),
                     static_cast<utf8proc_ssize_t>(bounded.size()), &memory, nfkc_casefold);
    const std::unique_ptr<utf8proc_uint8_t, free_deleter> owner(memory);
    if (size < 0) {
        throw std::bad_alloc();  // the text is valid UTF-8: nothing else can fail
    }
    return std::string(reinterpret_cast<const char*>(memory), static_cast<std::size_t>(size));
}

// Cutting that says nothing new. Filters judge whole texts; the first half of a harmless word may be a
// blocked one ("ass" of "assesses"), and that of a harmless word with a dot a link ("evil.com" of
// "evil.community").

namespace {

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

namespace {

// "1000" and "10000" are not the same, "loool" and "looool" are.
bool is_digit(std::string_view cluster) {
    char32_t code_point = 0;
    std::size_t at = 0;
    code_point = utf8::next(cluster, at);
    return utf8proc_category(static_cast<utf8proc_int32_t>(code_point)) >= UTF8PROC_CATEGORY_ND &&
           utf8proc_category(static_cast<utf8proc_int32_t>(code_point)) <= UTF8PROC_CATEGORY_NO;
}

// "Part II" and "Part III", "C+" and "C++" are not the same: letters that are numerals as well and ASCII's
// other signs are kept as they are. '!', '?' and '.' only shout.
bool has_meaning_in_number(std::string_view cluster) {
    constexpr std::string_view numerals = "ivx";
    constexpr std::string_view shouts = "!?.,~ ";
    if (cluster.size() != 1)
        return false;
    const char c = cluster.front();
    const bool letter = c >= 'a' && c <= 'z';
    return letter ? numerals.find(c) != std::string_view::npos : shouts.find(c) == std::string_view::npos;
}

bool is_letter(std::string_view cluster) {
    std::size_t at = 0;
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(utf8::next(cluster, at)));
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

}  // namespace

std::string fold_key(std::string_view text) {
    const std::string folded = fold_case(text);
    std::string key;
    std::string_view last;
    std::size_t run = 0;
    std::size_t begin = 0;
    for (cluster_walker walker(folded); !walker.done(); begin = walker.end()) {
        walker.next();
        const auto cluster = std::string_view(folded).substr(begin, walker.end() - begin);
        run = cluster == last ? run + 1 : 1;
        last = cluster;
        // Doubled letters distinguish words (god, good); a third one only shouts. Doubled signs shout
        // already.
        const std::size_t kept = is_digit(cluster) || has_meaning_in_number(cluster) ? run
                                 : is_letter(cluster)                                ? 2
                                                                                     : 1;
        if (run <= kept)
            key += cluster;
    }
    return key;
}

}  // namespace tiktok2twitch::core
