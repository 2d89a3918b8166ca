// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Name, price and type of the gifts seen so far. Repeats of a streak may come without them (tiktok.md 5.1).

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>

#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::relay {

class gift_catalog {
public:
    explicit gift_catalog(std::size_t limit) : limit_(limit) {}

    // Learns from a gift that says what it is; fills in one that does not, when its id is known. True when
    // there was something to learn.
    bool complete(gift& what);

private:
    struct entry {
        std::string name;
        std::int64_t coins = 0;
        bool streakable = false;
        bool operator==(const entry&) const = default;
    };

    bool learn(const gift& what);

    std::size_t limit_;
    std::unordered_map<std::int64_t, entry> entries_;
    std::deque<std::int64_t> order_;  // of learning
};

}  // namespace tiktok2twitch::relay
