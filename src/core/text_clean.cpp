// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <limits>

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
    const cleaner_bounds bounds{limits.combining_marks, std::max<std::size_t>(limits.repeated_clusters, 1),
                                std::max(limits.cluster_code_points, smallest_cluster), leading, true};
    return clean(bytes, bounds);
}

std::string repair_utf8(std::string_view bytes) {
    constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();
    return clean(bytes, cleaner_bounds{unlimited, unlimited, unlimited, unlimited, false});
}

}  // namespace tiktok2twitch::core
