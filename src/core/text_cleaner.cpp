// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/text_cleaner.hpp"

#include <algorithm>

#include "tiktok2twitch/core/unicode.hpp"

namespace tiktok2twitch::core {
namespace {

constexpr char32_t zero_width_joiner = 0x200D;
constexpr char32_t fullwidth_at = 0xFF20;
constexpr int virama_class = 9;  // canonical combining class

bool is_leading(char32_t code_point) noexcept {
    const unsigned boundclass = property_of(code_point).boundclass;
    return boundclass == UTF8PROC_BOUNDCLASS_PREPEND || boundclass == UTF8PROC_BOUNDCLASS_L;
}

bool is_virama(char32_t code_point) noexcept {
    return property_of(code_point).combining_class == virama_class;
}

// Blocks of 128 code points: every Indic script has its letters and its virama in one.
bool same_script(char32_t letter, char32_t virama) noexcept {
    return letter >> 7 == virama >> 7;
}

}  // namespace

text_cleaner::text_cleaner(const cleaner_bounds& bounds, std::size_t expected) : bounds_(bounds) {
    out_.reserve(expected);
}

void text_cleaner::push(char32_t code_point) {
    switch (treatment_of(code_point)) {
        case treatment::drop:
            return;
        case treatment::blank:
            blank_waits_ = !out_.empty();
            joiner_ = 0;
            return;
        case treatment::joiner:
        case treatment::non_joiner:
            return push_joiner(code_point);
        case treatment::mark:
            return push_mark(code_point, false);
        case treatment::selector:
            return push_mark(code_point, true);
        case treatment::keep:
            return push_base(code_point);
    }
}

// Behind a virama either says how it is drawn, "क्‍" and "क्‌", also at the end of a word; behind
// an Arabic letter U+200D does, "ه‍". Otherwise what follows decides.
void text_cleaner::push_joiner(char32_t code_point) {
    if (blank_waits_ || joiner_ != 0) {
        return;
    }
    const bool joins = code_point == zero_width_joiner;
    if (tail_ == tail::virama || (tail_ == tail::joining && joins)) {
        put(code_point, 1);
    } else if (tail_ == tail::joining || tail_ == tail::letter || (tail_ == tail::emoji && joins)) {
        joiner_ = code_point;
    }
}

void text_cleaner::push_mark(char32_t code_point, bool selector) {
    if (out_.empty() || blank_waits_) {
        return;  // nothing to sit on
    }
    if (selector ? selector_ : !may_stack(code_point)) {
        return;
    }
    if (joiner_ != 0 && joiner_belongs_before(code_point) && !put(joiner_, 2)) {
        return;
    }
    if (!put(code_point, 1)) {
        return;
    }
    joiner_ = 0;
    if (selector) {
        selector_ = true;
    } else if (is_own_mark(code_point, base_)) {
        ++script_marks_;
    } else if (is_stacking(code_point)) {
        ++stacked_marks_;
    }
}

// Scripts bound themselves how many of their marks a letter has (Tibetan and Burmese up to seven), but none
// has the same one again and again.
bool text_cleaner::may_stack(char32_t mark) const noexcept {
    if (!is_stacking(mark)) {
        return true;
    }
    if (!is_own_mark(mark, base_)) {
        return stacked_marks_ < bounds_.stacked_marks;
    }
    const auto cluster = out_.begin() + static_cast<std::ptrdiff_t>(cluster_at_);
    return script_marks_ < bounds_.script_marks &&
           static_cast<std::size_t>(std::count(cluster, out_.end(), mark)) < bounds_.equal_marks;
}

void text_cleaner::push_base(char32_t code_point) {
    if (blank_waits_) {
        put(U' ', 1);
        blank_waits_ = false;
    }
    if (joiner_ != 0 && joiner_belongs_before(code_point)) {
        const bool one_cluster = tail_ == tail::emoji;
        if (!put(joiner_, one_cluster ? 2 : 1) && one_cluster) {
            return;  // neither half of the pair fits
        }
    }
    if (put(code_point, 1)) {
        joiner_ = 0;
    }
}

bool text_cleaner::joiner_belongs_before(char32_t code_point) const noexcept {
    switch (tail_) {
        case tail::emoji:
            return is_pictographic(code_point);
        case tail::joining:
            return is_joining_letter(code_point);
        case tail::letter:  // Bengali "র‍্য"
            return is_virama(code_point) && same_script(base_, code_point);
        default:
            return false;
    }
}

// False when the code point (and what must follow it, `room` in all) does not fit into its cluster.
bool text_cleaner::put(char32_t code_point, std::size_t room) {
    std::int32_t state = break_state_;
    const bool breaks =
        out_.empty() || utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(out_.back()),
                                                         static_cast<utf8proc_int32_t>(code_point), &state);
    const bool leads = is_leading(code_point);
    if (!breaks) {
        if (leads && leading_ >= bounds_.leading) {
            return false;
        }
        const std::size_t size = out_.size() - cluster_at_;
        if (full_ || bounds_.cluster_code_points - size < room) {
            full_ = true;
            return false;
        }
    }
    // Twitch pings on "@name"; the full-width sign looks alike and pings nobody.
    if (bounds_.defuse_at && !out_.empty() && out_.back() == U'@' && code_point != U' ') {
        out_.back() = fullwidth_at;
    }
    if (breaks) {
        close_cluster();
        state = 0;
    }
    break_state_ = state;
    out_.push_back(code_point);
    leading_ += leads ? 1 : 0;
    note(code_point);
    return true;
}

// A cluster that repeats the one before it too often is taken back. What was decided about the code
// point behind it stays right, because the cluster now last is the same.
void text_cleaner::close_cluster() {
    const std::u32string_view all = out_;
    const std::u32string_view last = all.substr(cluster_at_);
    const bool same = !last.empty() && all.substr(previous_at_, cluster_at_ - previous_at_) == last;
    if (same && run_ >= bounds_.repeated_clusters) {
        out_.resize(cluster_at_);
    } else {
        run_ = same ? run_ + 1 : 1;
        previous_at_ = cluster_at_;
        cluster_at_ = out_.size();
    }
    stacked_marks_ = script_marks_ = leading_ = 0;
    base_ = 0;
    selector_ = full_ = false;
    tail_ = tail::other;
}

void text_cleaner::note(char32_t code_point) {
    const treatment kind = treatment_of(code_point);
    if (kind == treatment::joiner || kind == treatment::non_joiner) {
        tail_ = tail::other;
    } else if (kind == treatment::selector || is_skin_tone(code_point)) {
        tail_ = tail_ == tail::emoji ? tail::emoji : tail::other;
    } else if (kind == treatment::mark) {
        const bool letter = tail_ == tail::joining || tail_ == tail::letter;
        tail_ = is_virama(code_point) ? tail::virama : letter ? tail_ : tail::other;
    } else if (kind == treatment::keep) {
        selector_ = false;
        base_ = code_point;
        tail_ = is_pictographic(code_point)                                ? tail::emoji
                : is_joining_letter(code_point)                            ? tail::joining
                : property_of(code_point).category == UTF8PROC_CATEGORY_LO ? tail::letter
                                                                           : tail::other;
    }
}

std::string text_cleaner::finish() {
    close_cluster();
    std::string text;
    text.reserve(out_.size() + out_.size() / 2);
    for (const char32_t code_point : out_) {
        utf8::append(text, code_point);
    }
    return text;
}

}  // namespace tiktok2twitch::core
