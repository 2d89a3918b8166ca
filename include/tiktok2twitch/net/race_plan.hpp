// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// In which order, and when, the addresses of a host are tried (RFC 8305, "happy eyeballs"). Pure: race() in
// connect.cpp asks next(), obeys, and tells what became of each attempt.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/net/address_memory.hpp"

namespace tiktok2twitch::net {

// The order of indexes: `first` (the winner of an earlier race) goes first, then the families take turns,
// beginning with that of the first address; within a family the order stays. `is_v6` has one entry for each
// address.
std::vector<std::size_t> order_of_addresses(const std::vector<bool>& is_v6, std::optional<std::size_t> first);

class race_plan {
public:
    // RFC 8305, 8: "Connection Attempt Delay".
    static constexpr core::duration attempt_delay = std::chrono::milliseconds(250);
    // After the last sign of life of any attempt. Three SYNs (after 0, 1 and 3 s) fit in, and a slow TLS.
    static constexpr core::duration patience = std::chrono::seconds(8);

    struct step {
        enum class what { start, wait, over };
        what act = what::over;
        std::size_t index = 0;     // of start
        core::time_point until{};  // of wait
    };

    explicit race_plan(std::size_t addresses) : states_(addresses, state::waiting) {}

    step next(core::time_point now);
    // TCP stands: TLS gets as long before the next address begins.
    void on_progress(std::size_t index, core::time_point now);
    // The next one begins at once.
    void on_failed(std::size_t index, core::time_point now);

    // `winner`: of none.
    address_facts facts(std::optional<std::size_t> winner) const;

private:
    enum class state { waiting, running, failed };

    std::vector<state> states_;
    std::size_t started_ = 0;
    core::time_point next_start_ = core::time_point::min();
    core::time_point last_sign_ = core::time_point::min();
};

}  // namespace tiktok2twitch::net
