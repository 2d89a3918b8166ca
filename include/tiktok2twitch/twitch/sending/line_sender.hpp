// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Which channel speaks next within the account's budget, and what is known of the line that is being written.
// Pure. next(), then on_written() or on_not_said(), or on_connection_lost().

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/relay/line.hpp"
#include "tiktok2twitch/twitch/account_types.hpp"
#include "tiktok2twitch/twitch/sending/account_parts.hpp"
#include "tiktok2twitch/twitch/sending/channel.hpp"
#include "tiktok2twitch/twitch/sending/send_budget.hpp"

namespace tiktok2twitch::twitch {

class line_sender {
public:
    // As account's.
    line_sender(account_parts& account, std::vector<core::time_point> sent, bool cautious,
                core::time_point now);

    send_budget& budget() noexcept { return budget_; }
    const send_budget& budget() const noexcept { return budget_; }

    // The line that goes now, if any. Who speaks goes to the end of `order`. `hurry` as in channel_outbox.
    std::optional<write_line> next(std::vector<channel*>& order, bool hurry, core::time_point now);
    // When one of them may speak that has no line in flight.
    core::time_point deadline(const std::vector<channel*>& order, core::time_point now) const;

    void on_written(core::time_point now);
    // The channel whose line it was, if it is still in flight.
    channel* on_not_said();
    void on_connection_lost() { writing_ = {}; }
    void on_accepted(const flight& line);
    // Somebody else said a line as this account; `where` may be null.
    void on_foreign(channel* where, tier rank, core::time_point now);

    // Lines that carried a route; kept after the route went.
    struct line_counts {
        std::uint64_t sent = 0;
        std::uint64_t accepted = 0;
    };
    line_counts counts(relay::route_id route) const;

private:
    struct being_written {  // the last line of next(), and what held before it
        channel* where = nullptr;
        std::set<relay::route_id> routes;
        bool left = false;
        std::optional<core::time_point> written_before;
        std::optional<core::time_point> relayed_before;
    };
    struct openings {
        core::time_point low;
        core::time_point high;
        core::time_point of(const channel& ch, core::time_point due) const {
            return std::max(ch.silence.is_high() ? high : low, due);
        }
    };

    openings openings_at(core::time_point now) const {
        return {budget_.earliest(tier::low, now), budget_.earliest(tier::high, now)};
    }
    write_line launch(channel& ch, const flight& line, core::time_point now);

    account_parts& account_;
    send_budget budget_;
    std::map<relay::route_id, line_counts> counts_;
    being_written writing_;
    bool answered_last_ = false;  // the last line went ahead of its turn
};

}  // namespace tiktok2twitch::twitch
