// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A room in which people join and like, and never a comment comes: then nobody writes, or TikTok shows the
// comments to others and not to us. Worth a hint, once (docs/protocol/tiktok.md §5.6, §5.9). Pure; one object
// for a live.

#include <optional>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::tiktok {

class quiet_chat {
public:
    static constexpr core::duration patience = std::chrono::minutes(3);
    // Where comments did come the way is open, and a small room is quiet now and then.
    static constexpr core::duration patience_after_comments = std::chrono::minutes(10);
    // One late joiner is no crowd.
    static constexpr int enough_traffic = 3;

    void on_comment() noexcept {
        comments_came_ = true;
        since_.reset();
        traffic_ = 0;
        hint_ = false;
    }
    // Somebody did something else.
    void on_other(core::time_point now) {
        if (!since_)
            since_ = now;
        if (traffic_ < enough_traffic)
            ++traffic_;
        hint_ = traffic_ >= enough_traffic &&
                now - *since_ >= (comments_came_ ? patience_after_comments : patience);
    }

    bool hint() const noexcept { return hint_; }

private:
    std::optional<core::time_point> since_;  // of the first that came without a comment
    int traffic_ = 0;
    bool comments_came_ = false;
    bool hint_ = false;
};

}  // namespace tiktok2twitch::tiktok
