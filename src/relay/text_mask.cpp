// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/text_mask.hpp"

#include <algorithm>

#include "core/clusters.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay {

std::string mask_ranges(std::string_view clean, std::vector<text_range> where) {
    std::ranges::sort(where, {}, &text_range::begin);
    std::string masked;
    masked.reserve(clean.size());
    std::size_t next = 0;       // of the ranges
    std::size_t masked_to = 0;  // end of those that began
    std::size_t begin = 0;
    for (core::cluster_walker walker(clean); !walker.done(); begin = walker.end()) {
        walker.next();
        for (; next < where.size() && where[next].begin < walker.end(); ++next)
            masked_to = std::max(masked_to, where[next].end);
        const std::string_view cluster = clean.substr(begin, walker.end() - begin);
        if (begin < masked_to && cluster != " ") {
            masked += '*';
        } else {
            masked += cluster;
        }
    }
    return core::clean_text(masked);  // a long run of asterisks is a flood like any other
}

}  // namespace tiktok2twitch::relay
