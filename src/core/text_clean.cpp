// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <limits>

#include "core/code_points.hpp"
#include "core/text_cleaner.hpp"
#include "core/utf8.hpp"
#include "tiktok2twitch/core/text.hpp"

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

}  // namespace tiktok2twitch::core
