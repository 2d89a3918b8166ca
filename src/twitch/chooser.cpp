// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "twitch/chooser.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "tiktok2twitch/core/text.hpp"
#include "twitch/packer.hpp"

namespace tiktok2twitch::twitch {
namespace {

constexpr std::size_t chorus_size = 3;

// Counts a line as pack() would: the label said once while all parts have the same, else by each.
class line_size {
public:
    explicit line_size(std::size_t limit) : limit_(limit) {}

    bool add(const relay::line_part& part) {
        const auto label = core::count_code_points(part.label);
        const auto body = core::count_code_points(part.body);
        const auto separator = label_ == nullptr ? 0 : core::count_code_points(part_separator);
        const bool one_label = one_label_ && (label_ == nullptr || *label_ == part.label);
        const auto repeated = repeated_ + separator + label + body;
        const auto shared = shared_ + separator + body + (label_ == nullptr ? label : 0);
        if (label_ != nullptr && (one_label ? shared : repeated) > limit_)
            return false;
        label_ = &part.label;
        one_label_ = one_label;
        repeated_ = repeated;
        shared_ = shared;
        return true;
    }

private:
    std::size_t limit_;
    const std::string* label_ = nullptr;
    bool one_label_ = true;
    std::size_t shared_ = 0;
    std::size_t repeated_ = 0;
};

}  // namespace

std::vector<std::size_t> choose(std::span<const relay::line_part> waiting, std::size_t limit, bool pack,
                                core::time_point now) {
    const bool stale = waiting.front().received_at + stale_wait <= now;
    if (!pack && !stale)
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
    line_size size(limit);
    for (const auto index : order) {
        if (!size.add(waiting[index])) {
            if (chosen.size() > 8)
                break;  // what is left is small change
            continue;
        }
        chosen.push_back(index);
        if (!pack)
            break;
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

}  // namespace tiktok2twitch::twitch
