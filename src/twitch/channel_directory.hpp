// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/backoff.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/twitch/helix.hpp"

namespace tiktok2twitch::twitch {

// Which of our channels exist (twitch.md 1.7: IRC answers nothing to a JOIN of one that does not). Pure;
// client/channel_checker.hpp asks. A channel that exists is asked about once, one that does not every
// missing_again: somebody may still make it. Trouble is met with patience.
class channel_directory {
public:
    static constexpr core::duration missing_again = std::chrono::minutes(10);

    explicit channel_directory(std::uint64_t seed) : retry_(core::backoff::options{}, seed) {}

    void add(const std::string& channel) { known_.try_emplace(channel); }
    void remove(const std::string& channel) { known_.erase(channel); }

    // The names to ask about now, at most most_users_per_request; report with on_answer().
    std::vector<std::string> due(core::time_point now) const;
    core::time_point deadline() const;

    struct finding {
        std::string channel;
        bool exists = false;
    };
    // What is known of the channels that are still ours; nothing after an error. `told_wait`: Twitch asks to
    // be left alone for so long.
    std::vector<finding> on_answer(const std::vector<std::string>& asked,
                                   const core::result<std::vector<helix_user>>& found, core::time_point now,
                                   core::duration told_wait = {});

private:
    core::backoff retry_;
    core::time_point not_before_ = core::time_point::min();
    std::map<std::string, core::time_point, std::less<>> known_;  // when to ask about it; max: never again
};

}  // namespace tiktok2twitch::twitch
