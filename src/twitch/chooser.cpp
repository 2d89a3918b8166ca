// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "twitch/chooser.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "twitch/packer.hpp"

namespace tiktok2twitch::twitch {
namespace {

constexpr std::size_t chorus_size = 3;

}  // namespace

std::size_t most_parts(std::size_t waiting) noexcept {
    return std::max(readable_parts, (waiting + 1) / 2);
}

std::vector<std::size_t> choose(std::span<const relay::line_part> waiting, const choice_options& options,
                                core::time_point now) {
    const bool stale = waiting.front().received_at + stale_wait <= now;
    if (!options.pack && !stale)
        return {0};  // one by one, in order, as long as that keeps up
    // Messages of the same author and class that go ahead of each: the older ones, or when the wait is stale
    // the newer ones.
    std::map<std::pair<std::uint8_t, std::int64_t>, std::size_t> written;
    std::vector<std::size_t> before(waiting.size());
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        const auto at = stale ? waiting.size() - 1 - i : i;
        before[at] = written[{waiting[at].priority, waiting[at].author_id}]++;
    }
    std::vector<std::size_t> order(waiting.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto age = [&](std::size_t i) {
            return stale ? waiting.size() - i : i;
        };
        const auto rank = [&](std::size_t i) {
            // What several people say goes ahead of what one says: more of them are heard for the room it
            // takes, and a text that somebody repeats all the time would never become the oldest.
            const bool chorus = waiting[i].people >= chorus_size;
            return std::tuple(255 - waiting[i].priority, !chorus, before[i], age(i));
        };
        return rank(a) < rank(b);
    });
    std::vector<std::size_t> chosen;
    const bool whole = stale || options.hurry;
    line_draft line(options.limit, whole ? waiting.size() : most_parts(waiting.size()));
    for (const auto index : order) {
        const auto fit = line.add(waiting[index]);
        if (fit == line_draft::fit::no_room && chosen.size() > 8)
            break;  // what is left is small change
        if (fit != line_draft::fit::taken)
            continue;
        chosen.push_back(index);
        if (!options.pack)
            break;
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

}  // namespace tiktok2twitch::twitch
