// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The comments of a flood, the same for the benchmark in virtual time (flood.cpp) and the one that runs the
// relay end to end (flood_e2e.cpp).

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/sim/twitch/rules.hpp"

namespace tiktok2twitch::bench {

struct scenario {
    const char* channel;
    sim::role role = sim::role::ordinary;
    int slow = 0;
};
inline const std::vector<scenario>& scenarios() {
    static const std::vector<scenario> all{{"ordinary", sim::role::ordinary, 0},
                                           {"moderator", sim::role::moderator, 0},
                                           {"slow 30", sim::role::ordinary, 30}};
    return all;
}

// Comments a minute. All but 720 are those of the models that the relay is compared with.
inline constexpr double loads[] = {10, 20, 46, 60, 120, 300, 600, 720, 1200};

struct arrival {
    core::duration at{};
    std::int64_t author = 0;
    std::string text;
};

// Comments as live chats write them: mostly short, some of them what everybody writes.
inline std::string comment_text(std::mt19937_64& random) {
    static const std::vector<std::string> words{"love",   "this",  "song",   "so",   "much",  "hello", "from",
                                                "Brazil", "can",   "you",    "play", "that",  "again", "lol",
                                                "wow",    "first", "time",   "here", "what",  "is",    "the",
                                                "game",   "nice",  "stream", "yes",  "please"};
    static const std::vector<std::string> common{"GG", "LOL", "hi", "\u2764\ufe0f\u2764\ufe0f", "first"};
    if (random() % 10 == 0)
        return common[random() % common.size()];
    std::string text;
    std::geometric_distribution<int> more(0.18);
    const int count = 1 + std::min(more(random), 20);
    for (int i = 0; i < count; ++i)
        text += (i > 0 ? " " : "") + words[random() % words.size()];
    return text;
}

// `batched`: 5 to 10 comments arrive together.
inline std::vector<arrival> arrivals(double per_minute, bool batched, core::duration length,
                                     std::uint64_t seed) {
    std::mt19937_64 random(static_cast<std::uint64_t>(per_minute) * 2 + (batched ? 1 : 0) +
                           (seed - 1) * 1'000'003);
    std::vector<arrival> all;
    std::exponential_distribution<double> gap(per_minute / 60.0 / (batched ? 7.5 : 1.0));
    for (double at = gap(random); at < std::chrono::duration<double>(length).count(); at += gap(random)) {
        const auto count = batched ? 5 + random() % 6 : 1;
        for (std::size_t i = 0; i < count; ++i) {
            const auto author = static_cast<std::int64_t>(random() % 400);
            all.push_back({std::chrono::duration_cast<core::duration>(std::chrono::duration<double>(at)),
                           author, comment_text(random)});
        }
    }
    return all;
}

// What the sending budget allows in `length`, or slow mode where that allows less.
inline double allowed_characters(const scenario& where, core::duration length) {
    const double a_line_every =
        where.slow > 0 ? where.slow : 32.0 / (where.role == sim::role::ordinary ? 18 : 90);
    return std::chrono::duration<double>(length).count() / a_line_every * 480;
}

inline double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

inline double percentile(const std::vector<double>& sorted, double where) {
    return sorted.empty() ? 0
                          : sorted[static_cast<std::size_t>(where * static_cast<double>(sorted.size() - 1))];
}

}  // namespace tiktok2twitch::bench
