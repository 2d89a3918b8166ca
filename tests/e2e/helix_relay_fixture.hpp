// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include "e2e/bot_fixture.hpp"

namespace tiktok2twitch::test {

class helix_relay_fixture : public bot_fixture {
protected:
    std::unique_ptr<process> over_helix(std::vector<std::string> extra = {}) {
        extra.emplace_back("TIKTOK2TWITCH_TWITCH_TRANSPORT=helix");
        return relay(std::move(extra));
    }
    // It reads TikTok, and has asked for the channel's settings: the last thing before lines go.
    bool ready() {
        return world_.wait_for(
            [this] {
                return world_.tiktok().listening_sockets("ann") == 1 &&
                       world_.helix().request_count(sim::helix_endpoint::settings) > 0;
            },
            std::chrono::seconds(20));
    }
    bool somebody_reads() {
        return world_.wait_for(
            [this] {
                const auto& lines = world_.twitch().lines();
                return std::find(lines.begin(), lines.end(), "JOIN #chan") != lines.end();
            },
            std::chrono::seconds(20));
    }
    void script(sim::helix_endpoint where, std::vector<sim::helix_fault> faults) {
        world_.call([&] { world_.helix().script(where, std::move(faults)); });
    }
    std::size_t asked(sim::helix_endpoint where) {
        return world_.call([&] { return world_.helix().request_count(where); });
    }
};

}  // namespace tiktok2twitch::test
