// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Counts a room's likes and tells when their number crosses a multiple of a step. The totals on the wire
// jump backwards (tiktok.md 4.6); the largest seen counts. The first total is where counting begins: what
// was liked before is no news.

#include <cstdint>
#include <optional>

#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::relay {

class like_milestones {
public:
    // No milestones when `every` is not positive.
    explicit like_milestones(std::int64_t every) : every_(every) {}

    void set_every(std::int64_t every);

    // `like`: of the wire. Returns it as a milestone, by whose likes it was reached: total_likes the largest
    // multiple crossed, count the likes since the milestone before or since counting began.
    std::optional<event> on_like(event like);

    std::int64_t total() const noexcept { return total_; }  // 0: unknown
    // Another live counts from its own beginning.
    void reset();

private:
    std::int64_t steps() const noexcept { return every_ > 0 ? total_ / every_ : 0; }

    std::int64_t every_;
    std::int64_t total_ = 0;
    std::int64_t reached_ = 0;  // steps that are no news any more
    std::int64_t told_ = 0;     // the total that `count` starts from
};

}  // namespace tiktok2twitch::relay
