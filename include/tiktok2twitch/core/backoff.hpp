// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <random>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::core {

// Delays between attempts: 0 (if `first` is zero), then `base`, doubling up to `cap`, each spread by
// +- `jitter` (0.2 = 20 %). Seeded from outside, so a test sees the same delays every time.
class backoff {
public:
    struct options {
        duration first{};
        duration base = std::chrono::seconds(1);
        duration cap = std::chrono::seconds(60);
        double jitter = 0.2;
    };

    backoff(const options& settings, std::uint64_t seed) : options_(settings), engine_(seed) {}

    duration next();
    void reset() noexcept { attempts_ = 0; }
    unsigned attempts() const noexcept { return attempts_; }

private:
    options options_;
    std::mt19937_64 engine_;
    unsigned attempts_ = 0;
};

// `first`, doubled so often, and at most `cap`.
constexpr duration doubled(duration first, unsigned times, duration cap) noexcept {
    for (; times > 0 && first < cap; --times)
        first *= 2;
    return first < cap ? first : cap;
}

}  // namespace tiktok2twitch::core
