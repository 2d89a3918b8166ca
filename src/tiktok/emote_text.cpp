// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok/emote_text.hpp"

#include <algorithm>

#include "core/clusters.hpp"

namespace tiktok2twitch::tiktok {
namespace {

constexpr std::size_t most_shown = 5;  // a handful reads well; more would push the words out of the line

std::int64_t utf16_units(std::string_view cluster) {
    std::int64_t units = 0;
    for (std::size_t at = 0; at < cluster.size();)
        units += core::utf8::next(cluster, at) > 0xFFFF ? 2 : 1;
    return units;
}

std::string rest_of(std::size_t hidden) {
    return " [+" + std::to_string(hidden) + (hidden == 1 ? " emote]" : " emotes]");
}

}  // namespace

std::string with_emotes(std::string_view content, std::vector<std::int32_t> places) {
    std::ranges::sort(places);
    const std::size_t shown = std::min(places.size(), most_shown);
    std::string out;
    out.reserve(content.size() + shown * 9 + 16);
    std::size_t next = 0;
    const auto put_up_to = [&](std::int64_t place) {
        const std::size_t first = next;
        for (; next < shown && places[next] <= place; ++next)
            out += next == first ? " [emote]" : "[emote]";
        if (next != first)
            out += ' ';
    };
    std::int64_t place = 0;
    std::size_t begin = 0;
    for (core::cluster_walker walker(content); !walker.done(); begin = walker.end()) {
        put_up_to(place);
        walker.next();
        const std::string_view cluster = content.substr(begin, walker.end() - begin);
        out += cluster;
        place += utf16_units(cluster);
    }
    if (shown > 0)
        put_up_to(places[shown - 1]);
    if (places.size() > shown)
        out += rest_of(places.size() - shown);
    return out;
}

}  // namespace tiktok2twitch::tiktok
