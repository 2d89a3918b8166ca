// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A way that shows joins and likes for minutes, with viewers, and never a comment: evidence that it is mute,
// but no proof, for there are rooms in which nobody writes. A room in which nothing happens is none. Pure;
// one object for the way in use.

#include <cstdint>
#include <optional>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::tiktok {

class mute_watch {
public:
    static constexpr core::duration patience = std::chrono::minutes(3);
    // One late joiner is no crowd, and a crowd that has left is none any more.
    static constexpr int enough = 3;
    static constexpr core::duration crowd_gone = std::chrono::minutes(1);

    void on_comment() noexcept { *this = {}; }
    // Somebody joined, liked, gave, followed.
    void on_other(core::time_point now) noexcept {
        if (!since_ || now - last_ > crowd_gone) {
            since_ = now;
            others_ = 0;
        }
        last_ = now;
        ++others_;
    }
    void on_viewers(std::int64_t viewers) noexcept { nobody_ = viewers == 0; }
    // The evidence was followed up; there is none until a comment comes.
    void used() noexcept { used_ = true; }

    bool evidence() const noexcept {
        return since_ && !used_ && !nobody_ && others_ >= enough && last_ - *since_ >= patience;
    }

private:
    std::optional<core::time_point> since_;  // of the first without a comment
    core::time_point last_{};
    std::int64_t others_ = 0;
    bool nobody_ = false;
    bool used_ = false;
};

}  // namespace tiktok2twitch::tiktok
