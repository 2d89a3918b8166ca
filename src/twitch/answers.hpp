// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <string>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::twitch {

// What one channel's moderators are owed as answers. An answer that comes late answers nothing.
class waiting_answers {
public:
    static constexpr std::size_t most = 3;
    static constexpr core::duration longest_wait = std::chrono::seconds(30);

    void push(std::string text, core::time_point now);
    void expire(core::time_point now);
    void clear() { waiting_.clear(); }

    bool empty() const noexcept { return waiting_.empty(); }
    std::string take();  // the oldest; requires !empty()
    void put_back();     // what was taken last; it is no younger for that

private:
    struct answer {
        std::string text;
        core::time_point at;
    };
    std::deque<answer> waiting_;
    answer taken_;
};

}  // namespace tiktok2twitch::twitch
