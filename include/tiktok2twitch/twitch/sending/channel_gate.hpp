// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/twitch/irc/notice_table.hpp"
#include "tiktok2twitch/twitch/irc/session.hpp"
#include "tiktok2twitch/twitch/options.hpp"
#include "tiktok2twitch/twitch/sending/send_budget.hpp"

namespace tiktok2twitch::twitch {

// What a pause is about, and with it what ends it early. Of each kind the newest counts, be it longer or
// shorter than the one before.
enum class hold_kind : std::uint8_t {
    pace,       // sent too quickly; a minute at most
    slow_mode,  // any word about the room's slow mode ends it: from then on the spacing keeps the mode
    timeout,    // a moderator's newest word about it
    refusal,    // a room mode, or something about the account
    trouble,    // the server's own; a minute at most
    mute,       // suspected
};
inline constexpr std::size_t hold_kinds = 6;

// When one channel may be spoken in: our rank, the room's modes, spacing between lines, pauses, bans.
// Survives reconnects, as the server's memory does. No number that comes from outside keeps it silent for
// longer than longest_hold: then the next line is the probe.
class channel_gate {
public:
    static constexpr core::duration longest_hold = std::chrono::minutes(10);
    static constexpr core::duration longest_mute = std::chrono::minutes(30);  // our own number

    // True if the rank fell from the high tier to the low one. A rank higher than the one that a pause was
    // for ends that pause.
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

    struct hold {
        hold_kind kind = hold_kind::pace;
        core::time_point until;
        std::string reason;  // a msg-id
        room_mode lifted_by = room_mode::none;
        role rank = role::ordinary;  // that it is for

        // A JOIN tells ranks and room modes; about anything else only a line can tell.
        bool needs_a_line() const noexcept {
            return kind == hold_kind::timeout || (kind == hold_kind::refusal && lifted_by == room_mode::none);
        }
        // By itself, or it is not known to; not worth a question.
        bool passes_soon() const noexcept { return kind == hold_kind::pace || kind == hold_kind::trouble; }
    };
    // For `span` from now on, within the bounds above.
    void pause(hold_kind kind, core::duration span, std::string_view reason, core::time_point now,
               room_mode lifted_by = room_mode::none);
    // A moderator timed us out, whoever we were: Twitch takes a moderator's rank for it.
    void time_out(core::duration span, std::string_view reason, core::time_point now);
    // The next line is to tell whether the pauses still hold. Those that pass soon stay.
    void lift();
    // The server told how long its slow mode makes us wait; maybe it never told us that it is on.
    void learn_slow_mode(std::chrono::seconds remaining);
    // The pause that lasts longest, if there is any.
    const hold* standing(core::time_point now) const noexcept;

    struct blocked {
        std::string reason;
        std::string dropped_as;
    };
    void block(std::string_view reason, std::string_view dropped_as);
    void unblock() { block_.reset(); }
    const std::optional<blocked>& block_state() const noexcept { return block_; }

private:
    std::optional<hold>& held(hold_kind kind) { return holds_[static_cast<std::size_t>(kind)]; }

    role rank_ = role::ordinary;
    std::chrono::seconds slow_{};
    std::int64_t followers_only_ = -1;
    std::optional<core::time_point> written_;
    std::optional<core::time_point> accepted_;
    std::array<std::optional<hold>, hold_kinds> holds_;
    std::optional<blocked> block_;
};

}  // namespace tiktok2twitch::twitch
