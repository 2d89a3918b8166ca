// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Says in the log when messages are lost: one line when it begins, one at most every five minutes while it
// lasts, and one with the number when it is over. Pure; looks at the books about once a second, so that no
// way of losing a message can be forgotten here.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/relay/ledger.hpp"

namespace tiktok2twitch::app {

class loss_watch {
public:
    static constexpr core::duration again_after = std::chrono::minutes(5);
    static constexpr core::duration over_after = std::chrono::minutes(1);  // without a loss
    // Of one route at a time; reasons come from Twitch too. More are told as one.
    static constexpr std::size_t most_episodes = 8;

    struct line {
        core::log_level level = core::log_level::warning;
        std::string text;
    };

    // A route's books as they are now. `route` names it, in the same way each time.
    std::vector<line> look(const std::string& route, const relay::ledger& books, core::time_point now);
    // Its numbers go with it.
    void forget(const std::string& route) { routes_.erase(route); }

private:
    struct spell {
        core::time_point began;
        core::time_point told;
        core::time_point last;  // loss
        std::uint64_t lost = 0;
        std::uint64_t lost_when_told = 0;
        std::uint64_t received_before = 0;
        core::log_level level = core::log_level::warning;
    };
    struct route_losses {
        std::map<std::string, std::uint64_t, std::less<>> known;  // totals by reason
        std::map<std::string, spell, std::less<>> episodes;       // by reason
        std::uint64_t received = 0;                               // at the last look
    };

    static std::string middle_of(const std::string& reason, const spell& of, core::time_point now);
    static std::string end_of(const std::string& reason, const spell& of, std::uint64_t received);
    void count(route_losses& of, const relay::ledger::counts& counts, core::time_point now,
               std::vector<line>& out);

    std::map<std::string, route_losses> routes_;
};

}  // namespace tiktok2twitch::app
