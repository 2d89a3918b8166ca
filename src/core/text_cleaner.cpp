// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "core/text_cleaner.hpp"

#include "core/code_points.hpp"
#include "core/utf8.hpp"

namespace tiktok2twitch::core {
namespace {

constexpr char32_t zero_width_joiner = 0x200D;
constexpr char32_t zero_width_non_joiner = 0x200C;
constexpr char32_t fullwidth_at = 0xFF20;
constexpr int virama_class = 9;  // canonical combining class

bool is_arabic_letter(char32_t code_point) noexcept {
    const utf8proc_property_t& property = property_of(code_point);
    return property.bidi_class == UTF8PROC_BIDI_CLASS_AL &&
           (property.category == UTF8PROC_CATEGORY_LO || property.category == UTF8PROC_CATEGORY_LM);
}

bool is_leading(char32_t code_point) noexcept {
    const unsigned boundclass = property_of(code_point).boundclass;
    return boundclass == UTF8PROC_BOUNDCLASS_PREPEND || boundclass == UTF8PROC_BOUNDCLASS_L;
}

bool is_counted_mark(int category) noexcept {
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
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
            joiner_waits_ = non_joiner_waits_ = false;
            return;
        case treatment::joiner:
            joiner_waits_ = !blank_waits_ && tail_ == tail::emoji;
            return;
        case treatment::non_joiner:
            non_joiner_waits_ = !blank_waits_ && (tail_ == tail::arabic || tail_ == tail::virama);
            return;
        case treatment::mark:
            return push_mark(code_point, false);
        case treatment::selector:
            return push_mark(code_point, true);
        case treatment::keep:
            return push_base(code_point);
    }
}

void text_cleaner::push_mark(char32_t code_point, bool selector) {
    if (out_.empty() || blank_waits_) {
        return;  // nothing to sit on
    }
    const bool counted = !selector && is_counted_mark(property_of(code_point).category);
    if ((selector && selector_) || (counted && marks_ >= bounds_.marks) || !put(code_point, 1)) {
        return;
    }
    joiner_waits_ = non_joiner_waits_ = false;
    marks_ += counted ? 1 : 0;
    selector_ = selector_ || selector;
}

void text_cleaner::push_base(char32_t code_point) {
    if (blank_waits_) {
        put(U' ', 1);
        blank_waits_ = false;
    }
    if (joiner_waits_ && is_pictographic(code_point)) {
        if (!put(zero_width_joiner, 2)) {
            return;  // neither half of the pair fits
        }
    } else if (non_joiner_waits_ && non_joiner_belongs_before(code_point)) {
        put(zero_width_non_joiner, 1);
    }
    if (put(code_point, 1)) {
        joiner_waits_ = non_joiner_waits_ = false;
    }
}

bool text_cleaner::non_joiner_belongs_before(char32_t code_point) const noexcept {
    return tail_ == tail::arabic ? is_arabic_letter(code_point)
                                 : property_of(code_point).category == UTF8PROC_CATEGORY_LO;
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
    marks_ = leading_ = 0;
    selector_ = full_ = false;
    tail_ = tail::other;
}

void text_cleaner::note(char32_t code_point) {
    const utf8proc_property_t& property = property_of(code_point);
    const treatment kind = treatment_of(code_point);
    if (kind == treatment::selector || is_skin_tone(code_point)) {
        tail_ = tail_ == tail::emoji ? tail::emoji : tail::other;
    } else if (kind == treatment::mark) {
        const bool virama = property.combining_class == virama_class;
        tail_ = virama ? tail::virama : tail_ == tail::arabic ? tail::arabic : tail::other;
    } else if (kind == treatment::keep) {
        selector_ = false;
        tail_ = is_pictographic(code_point)    ? tail::emoji
                : is_arabic_letter(code_point) ? tail::arabic
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
