// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::twitch {

// Where events end. Every part that was pushed passes here exactly once.
class ledger {
public:
    void folded(relay::event_ticket ticket, relay::route_id route) {
        settled_.push_back({ticket, route, relay::outcome::folded, {}});
    }
    void dropped(relay::event_ticket ticket, relay::route_id route, std::string_view reason) {
        settled_.push_back({ticket, route, relay::outcome::dropped, std::string(reason)});
    }
    void relayed(const relay::line_part& part) { add(part, relay::outcome::relayed, {}); }
    void dropped(const relay::line_part& part, std::string_view reason) {
        add(part, relay::outcome::dropped, reason);
    }
    std::vector<relay::settlement> take() { return std::exchange(settled_, {}); }

private:
    void add(const relay::line_part& part, relay::outcome result, std::string_view reason) {
        settled_.push_back({part.ticket, part.route, result, std::string(reason)});
    }
    std::vector<relay::settlement> settled_;
};

}  // namespace tiktok2twitch::twitch
