// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/backoff.hpp"

#include <algorithm>
#include <limits>

namespace tiktok2twitch::core {
namespace {

duration nominal(const backoff::options& options, unsigned attempt) {
    if (attempt == 0) {
        return options.first;
    }
    duration delay = options.base;
    for (unsigned i = 1; i < attempt && delay < options.cap; ++i) {
        // Doubling what is past the half of the cap would only overshoot it (or the type).
        delay = delay > options.cap / 2 ? options.cap : delay * 2;
    }
    return std::min(delay, options.cap);
}

}  // namespace

duration backoff::next() {
    const duration delay = std::max(nominal(options_, attempts_), duration::zero());
    if (attempts_ < std::numeric_limits<unsigned>::max()) {
        ++attempts_;
    }
    // 53 random bits make a double in [0, 1). Not a std distribution: its numbers differ between libraries.
    const double unit = static_cast<double>(engine_() >> 11) * 0x1p-53;
    const double factor = 1.0 + std::clamp(options_.jitter, 0.0, 1.0) * (2.0 * unit - 1.0);
    const double spread = static_cast<double>(delay.count()) * factor;
    constexpr auto most = static_cast<double>(duration::max().count());
    return spread >= most ? duration::max() : duration(static_cast<duration::rep>(spread));
}

}  // namespace tiktok2twitch::core
