// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <utf8proc.h>

#include <cstddef>
#include <string_view>

#include "core/utf8.hpp"

namespace tiktok2twitch::core {

// Walks over the extended grapheme clusters (UAX #29) of a text, which must outlive the walker.
class cluster_walker {
public:
    explicit cluster_walker(std::string_view text) noexcept : text_(text) {}

    bool done() const noexcept { return end_ == text_.size(); }
    std::size_t end() const noexcept { return end_; }                  // byte behind the last cluster
    std::size_t code_points() const noexcept { return code_points_; }  // up to there

    // Not when done().
    void next() noexcept {
        std::int32_t state = 0;
        char32_t last = utf8::next(text_, end_);
        ++code_points_;
        while (!done()) {
            std::size_t behind = end_;
            const char32_t following = utf8::next(text_, behind);
            if (utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(last),
                                                 static_cast<utf8proc_int32_t>(following), &state)) {
                return;
            }
            last = following;
            end_ = behind;
            ++code_points_;
        }
    }

private:
    std::string_view text_;
    std::size_t end_ = 0;
    std::size_t code_points_ = 0;
};

}  // namespace tiktok2twitch::core
