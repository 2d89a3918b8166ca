// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::twitch {

// Whether another relay carries the same TikTok room into one channel: it says, with our label, what we were
// given to say as well. Pure; one per channel. Both ways pack lines differently, so messages are compared,
// not lines.
//
// From our own account one such message is proof: nobody types it by hand. Of another account's lines only
// those count that came before we were given the same, and two of them: viewers copy what they read.
class other_relay {
public:
    static constexpr core::duration remembered = std::chrono::minutes(2);  // twice what messages may wait
    static constexpr std::size_t most = 1000;
    static constexpr core::duration stays = std::chrono::minutes(10);

    // We were given `part` to say. True if it shows another relay.
    bool on_given(const relay::line_part& part, core::time_point now);
    // A line was read that is not ours. True if it shows another relay.
    bool on_read(std::string_view line, bool own_account, core::time_point now);
    // It was there in the last ten minutes.
    bool seen(core::time_point now) const noexcept { return now < until_; }

private:
    struct message {
        std::size_t hash = 0;
        core::time_point at;
        bool own_account = false;
    };
    using memory = std::deque<message>;

    static void remember(memory& where, message what);
    static memory::iterator find(memory& where, std::size_t hash, core::time_point now);
    bool compare(std::string_view text, bool own_account, core::time_point now);
    bool found(core::time_point now);

    memory given_;
    memory read_;
    std::string label_;    // of what we were given last
    unsigned copies_ = 0;  // by other accounts
    core::time_point copied_at_ = core::time_point::min();
    core::time_point until_ = core::time_point::min();
};

}  // namespace tiktok2twitch::twitch
