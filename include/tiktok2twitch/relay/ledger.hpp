// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The books of one route: what came in and where it ended. The promise of the report is one equation,
//     received = relayed + folded + sum(filtered) + sum(dropped) + pending
// where pending is not booked here but counted from the containers that hold the events.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::relay {

class ledger {
public:
    using counts = std::map<std::string, std::uint64_t, std::less<>>;
    // Counted apart in one map; what comes after them is counted together.
    static constexpr std::size_t most_reasons = 100;
    static constexpr std::string_view other_reasons = "other";

    void receive(std::uint64_t events = 1) noexcept { received_ += events; }
    void settle(outcome result, std::string_view reason, std::uint64_t events = 1);
    // History and repeats that were recognised: outside the equation, they were never asked to be relayed.
    void ignore(std::string_view reason, std::uint64_t events = 1);
    // What filters did to messages that went on: their words or names were masked, links taken apart; they
    // had to wait. Outside the equation too: where such a message ended is booked as of any other. Once per
    // message and reason.
    void change(std::string_view reason);
    void hold(std::string_view reason);
    // What came and was never read, or is no event by itself: outside the equation too, for nobody knows what
    // it would have been.
    void miss(std::string_view reason, std::uint64_t count = 1);

    std::uint64_t received() const noexcept { return received_; }
    std::uint64_t relayed() const noexcept { return relayed_; }
    std::uint64_t folded() const noexcept { return folded_; }
    const counts& filtered() const noexcept { return filtered_; }
    const counts& dropped() const noexcept { return dropped_; }
    const counts& ignored() const noexcept { return ignored_; }
    const counts& changed() const noexcept { return changed_; }
    const counts& held() const noexcept { return held_; }
    const counts& unread() const noexcept { return unread_; }

    std::uint64_t settled() const noexcept;
    // What the containers must hold for the books to add up.
    std::uint64_t pending() const noexcept { return received_ - settled(); }

private:
    std::uint64_t received_ = 0;
    std::uint64_t relayed_ = 0;
    std::uint64_t folded_ = 0;
    counts filtered_;
    counts dropped_;
    counts ignored_;
    counts changed_;
    counts held_;
    counts unread_;
};

// One sentence for a reason name of the ledger ("expired", "refused_msg_banned", "empty"), for people.
std::string explain_reason(std::string_view reason);

}  // namespace tiktok2twitch::relay
