// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::twitch {

// When to ask whether what keeps a channel silent is still so: after 1 min, then after 2, 4, 8, and every 10
// min; at once when a person wants to know. A refusal that follows an answer of "go on" does not begin anew:
// only an accepted line does, or somebody's new deed. Pure; the account asks, by JOIN.
//
// Order of calls: begin(); then on_asked() when next() has come and the question left; end() at an accepted
// line. ask_now() at any time.
class probe_schedule {
public:
    static constexpr core::duration first = std::chrono::minutes(1);
    static constexpr core::duration longest = std::chrono::minutes(10);
    // Between a question and one that a person asks for.
    static constexpr core::duration shortest = std::chrono::seconds(2);

    // Something keeps us silent. `news`: a person did it just now; otherwise it may be what was asked about
    // before.
    void begin(core::time_point now, bool news);
    void ask_now(core::time_point now);
    void on_asked(core::time_point now);
    void end();

    core::time_point next() const noexcept { return next_; }  // max: never
    // The question that next() stands for is a person's.
    bool by_hand() const noexcept { return by_hand_; }

private:
    core::duration gap() const;

    core::time_point next_ = core::time_point::max();
    std::optional<core::time_point> asked_;
    unsigned step_ = 0;
    bool by_hand_ = false;
};

}  // namespace tiktok2twitch::twitch
