// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tiktok2twitch::core {

struct cleaner_bounds {
    std::size_t
        stacked_marks;         // of no script, U+0301, on one base; and what is no script's own use of a mark
    std::size_t script_marks;  // of the base's own script
    std::size_t equal_marks;   // of these, the same one
    std::size_t repeated_clusters;
    std::size_t cluster_code_points;
    std::size_t leading;  // prepended signs or leading jamo in a row; old Korean needs 3
    bool defuse_at;
};

// Turns a stream of code points into clean text.
//
// What happens to a code point depends on the output so far, on nothing that was removed. Therefore the
// result, pushed again, meets the same decisions and comes out unchanged. Things that need to
// know what comes next (blank, joiners, '@') wait until the next code point that is kept.
class text_cleaner {
public:
    text_cleaner(const cleaner_bounds& bounds, std::size_t expected);

    void push(char32_t code_point);
    std::string finish();

private:
    // What the last cluster ends in, as far as a joiner behind it cares. `joining`: a letter whose shape
    // depends on its neighbours; `letter`: any other of a script without case.
    enum class tail : std::uint8_t { other, emoji, joining, letter, virama };

    void push_joiner(char32_t code_point);
    void push_mark(char32_t code_point, bool selector);
    void push_base(char32_t code_point);
    bool put(char32_t code_point, std::size_t room);
    void close_cluster();
    void note(char32_t code_point);
    bool joiner_belongs_before(char32_t code_point) const noexcept;
    bool may_stack(char32_t mark) const noexcept;

    cleaner_bounds bounds_;
    std::u32string out_;
    std::size_t cluster_at_ = 0;   // where the last cluster starts
    std::size_t previous_at_ = 0;  // where the one before it starts
    std::size_t run_ = 1;
    std::int32_t break_state_ = 0;

    // All of these are about the last cluster alone.
    char32_t base_ = 0;
    std::size_t stacked_marks_ = 0;
    std::size_t script_marks_ = 0;
    std::size_t leading_ = 0;
    bool selector_ = false;
    tail tail_ = tail::other;
    bool full_ = false;  // something was cut off it; nothing more may join it

    bool blank_waits_ = false;
    char32_t joiner_ = 0;  // waits for what it joins
};

}  // namespace tiktok2twitch::core
