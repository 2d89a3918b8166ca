// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/backoff.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/twitch/account_types.hpp"
#include "tiktok2twitch/twitch/helix/codec.hpp"

namespace tiktok2twitch::twitch {

// Which of our channels exist (docs/protocol/twitch.md §1.7: IRC answers nothing to a JOIN of one that does
// not), and what became of one that chat does not know any more. Pure; client/channel_checker.hpp asks. A
// channel that exists is asked about once and when it is doubted, one that does not every missing_again:
// somebody may still make it. A doubted one is asked about by its account's number where that is known, which
// outlives a new name. Trouble is met with patience.
class channel_directory {
public:
    static constexpr core::duration missing_again = std::chrono::minutes(10);
    // Between two questions about one that chat goes on not knowing.
    static constexpr core::duration doubted_again = std::chrono::minutes(1);

    explicit channel_directory(std::uint64_t seed) : retry_(core::backoff::options{}, seed) {}

    void add(const std::string& channel) { known_.try_emplace(channel); }
    void remove(const std::string& channel) { known_.erase(channel); }
    // Chat does not know it. `room_id`: what chat said its account's number was; may be empty.
    void doubt(const std::string& channel, std::string_view room_id);

    struct question {
        std::string channel;
        std::optional<user_id> id;  // ask by this, not by the name
    };
    // What to ask now, at most most_users_per_request; report with on_answer().
    std::vector<question> due(core::time_point now) const;
    core::time_point deadline() const;

    struct finding {
        std::string channel;
        channel_finding what;
    };
    // What is known of the channels that are still ours; nothing after an error. `told_wait`: Twitch asks to
    // be left alone for so long.
    std::vector<finding> on_answer(const std::vector<question>& asked,
                                   const core::result<std::vector<helix_user>>& found, core::time_point now,
                                   core::duration told_wait = {});

private:
    struct known_channel {
        core::time_point at = core::time_point::min();           // when to ask about it; max: never again
        core::time_point doubt_asked = core::time_point::min();  // the last time; min: never
        std::optional<user_id> id;
        bool doubted = false;
    };

    core::backoff retry_;
    core::time_point not_before_ = core::time_point::min();
    std::map<std::string, known_channel, std::less<>> known_;
};

}  // namespace tiktok2twitch::twitch
