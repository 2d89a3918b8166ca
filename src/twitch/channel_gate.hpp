// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/twitch/options.hpp"
#include "twitch/notice_table.hpp"
#include "twitch/room_events.hpp"
#include "twitch/send_budget.hpp"

namespace tiktok2twitch::twitch {

// When one channel may be spoken in: our rank, the room's modes, spacing between lines, pauses, bans.
// Survives reconnects, as the server's memory does.
class channel_gate {
public:
    // True if the rank fell from the high tier to the low one. A rise ends every pause.
    bool set_role(role rank, const options& options);
    role rank() const noexcept { return rank_; }
    tier tier_of(const options& options) const noexcept;

    void merge(const room_state& state);
    std::int64_t followers_only() const noexcept { return followers_only_; }
    std::chrono::seconds slow_mode() const noexcept { return slow_; }

    void on_written(core::time_point now) { written_ = now; }
    std::optional<core::time_point> written() const noexcept { return written_; }
    // The last line was not said after all: the one before it counts.
    void restore_written(std::optional<core::time_point> before) { written_ = before; }
    void on_accepted(core::time_point now) { accepted_ = now; }
    // When the next line may go as far as this channel is concerned.
    core::time_point earliest(const options& options) const;

    void pause(core::time_point until, std::string_view reason, room_mode lifted_by = room_mode::none);
    // The server told how long its slow mode makes us wait; maybe it never told us that it is on.
    void learn_slow_mode(std::chrono::seconds remaining);
    bool paused(core::time_point now) const noexcept { return now < paused_until_; }
    core::time_point paused_until() const noexcept { return paused_until_; }
    const std::string& pause_reason() const noexcept { return pause_reason_; }

    void block(core::time_point until, std::string_view reason, std::string_view dropped_as);
    void unblock() { block_.reset(); }
    struct blocked {
        core::time_point until;
        std::string reason;
        std::string dropped_as;
    };
    const std::optional<blocked>& block_state() const noexcept { return block_; }

private:
    role rank_ = role::ordinary;
    std::chrono::seconds slow_{};
    std::int64_t followers_only_ = -1;
    std::optional<core::time_point> written_;
    std::optional<core::time_point> accepted_;
    core::time_point paused_until_ = core::time_point::min();
    std::string pause_reason_;
    room_mode lifted_by_ = room_mode::none;
    std::optional<blocked> block_;
};

}  // namespace tiktok2twitch::twitch
