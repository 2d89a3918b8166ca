// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/twitch/account_types.hpp"
#include "tiktok2twitch/twitch/options.hpp"

namespace tiktok2twitch::twitch {

// Which of Twitch's two nested buckets a line needs (docs/protocol/twitch.md §1.6): every line takes from the
// high one, a line in a channel where the account is ordinary takes from the low one as well.
enum class tier : std::uint8_t { low, high };

// How much the account may say, over all its channels and connections.
//
// A sliding log per bucket is the hard limit: never more than `count` in any `window`. Inside it lines are
// spread: after the first few of a window, the slots that are left are divided evenly over the time until
// the oldest line leaves the log. A plain token bucket would run ahead and then stand still until the log
// frees a slot; this neither stalls nor loses throughput.
class send_budget {
public:
    send_budget(const rate& low, const rate& high, std::vector<core::time_point> sent, bool cautious,
                core::time_point now);

    void set_limits(const rate& low, const rate& high);

    // When the next line may go, if nothing else is sent meanwhile; the past means now.
    core::time_point earliest(tier t, core::time_point now) const;
    void on_send(std::uint64_t channel, tier t, core::time_point now);
    void on_written(core::time_point now);  // the last one left only now
    // Somebody else said a line as this account.
    void on_foreign(std::uint64_t channel, tier t, core::time_point now);
    // Until then such lines may go unseen, where we do not listen: both limits are lowered to those of
    // elsewhere_limit().
    void expect_foreign(core::time_point until) { elsewhere_until_ = until; }
    static rate elsewhere_limit(tier t);

    // The account lost its rank in `channel`: the server may have counted its recent lines as ordinary.
    void on_downgrade(std::uint64_t channel, core::time_point now);
    void on_accepted();
    // msg_ratelimit for a line that was written at `written`; `told`: how long the server says to wait, zero
    // if it does not. Returns how long everything pauses.
    core::duration on_ratelimit(core::time_point written, core::time_point now, core::duration told = {});
    // The server closed the connection. True if that looks like the answer to sending too much.
    bool on_closed(core::time_point now);

    budget_status status(core::time_point now) const;

private:
    struct sent_line {
        core::time_point at;
        std::uint64_t channel;
        bool in_low;  // counted in the low bucket as well
        bool ours = true;
    };
    struct bucket {
        tier of;
        rate limit;
        std::deque<sent_line> log;  // oldest first
    };

    std::size_t limit_of(const bucket& b, core::time_point now) const;
    budget_status::bucket status_of(const bucket& b, core::time_point now) const;
    core::time_point earliest_in(const bucket& b, core::time_point now) const;
    core::time_point earliest_elsewhere(const bucket& b, core::time_point now) const;
    static core::time_point earliest_under(const rate& limit, const std::deque<sent_line>& log,
                                           core::time_point now);
    static void add(bucket& b, const sent_line& line);
    static bool left_now(bucket& b, core::time_point now);
    core::duration penalise(core::time_point now);

    bucket low_{tier::low, {}, {}};
    bucket high_{tier::high, {}, {}};
    core::time_point cautious_until_ = core::time_point::min();
    core::time_point pause_until_ = core::time_point::min();
    core::time_point elsewhere_until_ = core::time_point::min();
    core::time_point half_until_ = core::time_point::min();
    core::time_point penalised_at_ = core::time_point::min();
    unsigned penalty_step_ = 0;
    std::deque<core::time_point> refusals_;
};

}  // namespace tiktok2twitch::twitch
