// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Which comments came by which way while several ways run. Pure; the ways are numbers below 8. What came less
// than `settling` ago is left out of every comparison: the other way may be about to bring it.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::tiktok {

class comment_overlap {
public:
    static constexpr core::duration settling = std::chrono::seconds(5);
    static constexpr core::duration kept_for = std::chrono::minutes(4);
    static constexpr std::size_t most = 8192;
    // Fewer comments prove nothing about a way that brought none of them.
    static constexpr std::size_t proof = 3;

    // A comment came by `way`, new or not. Without an id (0) it cannot be compared.
    void on_comment(core::time_point now, std::size_t way, std::int64_t msg_id);
    void clear();

    // Of the comments that `other` brought between `since` and a moment ago `way` brought nine of ten.
    bool keeps_up(core::time_point now, std::size_t way, std::size_t other, core::time_point since) const;
    // `other` brought enough of them, and `way` none.
    bool is_mute(core::time_point now, std::size_t way, std::size_t other, core::time_point since) const;

private:
    struct entry {
        core::time_point first;
        std::int64_t id = 0;
    };
    struct counts {
        std::size_t other = 0;    // brought by the other way
        std::size_t missing = 0;  // of these, not by this one
        std::size_t own = 0;      // brought by this one, whoever else did
    };
    counts count(core::time_point now, std::size_t way, std::size_t other, core::time_point since) const;

    std::deque<entry> order_;  // oldest first
    std::unordered_map<std::int64_t, std::uint8_t> ways_;
};

}  // namespace tiktok2twitch::tiktok
