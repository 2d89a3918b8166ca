// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/relay/line.hpp"
#include "tiktok2twitch/twitch/account_types.hpp"
#include "tiktok2twitch/twitch/irc/notice_table.hpp"
#include "tiktok2twitch/twitch/irc/session.hpp"
#include "tiktok2twitch/twitch/sending/account_parts.hpp"
#include "tiktok2twitch/twitch/sending/channel_silence.hpp"
#include "tiktok2twitch/twitch/sending/other_relay.hpp"
#include "tiktok2twitch/twitch/sending/outbox.hpp"
#include "tiktok2twitch/twitch/sending/send_budget.hpp"

namespace tiktok2twitch::twitch {

// How fast and how late a channel's lines are. Pure; one object per channel, told of each accepted line.
class line_pace {
public:
    static constexpr core::duration span = std::chrono::minutes(1);
    // Over this many lines in a minute the rate shown is this; Twitch takes 200.
    static constexpr std::size_t most_lines = 1000;

    // `line` has just been accepted.
    void on_line(const flight& line, core::time_point now);

    // Fills in the rates of the last minute, `delay` and `last_line`. The delay is the median over the lines
    // of the last minute, each as late as the oldest message on it; without such a line that of the last one.
    void describe(channel_status& out, core::time_point now) const;

private:
    struct accepted_line {
        core::time_point at;
        core::duration delay{};
        std::size_t messages = 0;
    };
    std::deque<accepted_line> lines_;  // oldest first; of the last minute, and the last one in any case
};

// How a NOTICE ends the line in flight. `accepted`: not yet, the caller does it; `unclear`: it may be shown
// yet.
enum class line_end : std::uint8_t { none, accepted, refused, unclear };

// One channel of an account: what waits for it, and whether it may be said. Kept after its last route went:
// what the server remembers about us there (spacing, slow mode, a ban) outlives a reload. Pure.
class channel {
public:
    channel(account_parts& account, std::uint64_t number, std::string name)
        : id(number), silence(account, std::move(name)), account_(account) {}

    const std::string& name() const noexcept { return silence.name(); }
    channel_gate& gate() noexcept { return silence.gate(); }
    const channel_gate& gate() const noexcept { return silence.gate(); }

    void push(relay::line_part part, core::time_point now);
    void expire(bool unprotected, core::time_point now);
    void drop_all(std::string_view reason);  // that waits
    // Nothing is to be said any more. True if a line was in flight; how it ends is not known.
    bool settle(std::string_view reason);

    // When the next line may go as far as the channel is concerned; nothing: it has none to say.
    std::optional<core::time_point> due() const;
    bool answers_next() const { return !answers.empty() && box.may_answer(); }
    // Puts the next line in flight. Requires due(). `hurry` as in channel_outbox.
    const flight* compose(bool hurry, core::time_point now);

    line_end on_notice(const notice_rule& rule, const room_notice& event, send_budget& budget,
                       core::time_point now);
    void stop(const notice_rule& rule, bool news, core::time_point now);
    // Somebody else said `text` as our account.
    void on_said_elsewhere(const std::string& text, core::time_point now);
    // Another relay says what we say, as `whom`; empty: as our own account.
    void tell_other_relay(std::string_view whom, core::time_point now);

    channel_status status(core::time_point now) const;  // as if we were connected

    std::uint64_t id;
    channel_silence silence;
    std::set<relay::route_id> routes;
    channel_outbox box;
    waiting_answers answers;
    core::duration slow{};                       // between relayed lines, as moderators want it
    std::optional<core::time_point> relayed_at;  // the last relayed line was written
    line_pace pace;
    other_relay other;
    bool without_id = false;  // a USERSTATE without one came since the last line went

private:
    void pause(hold_kind kind, core::duration span, const notice_rule& rule, core::time_point now) {
        silence.pause(kind, span, rule, now);
    }
    void requeue(std::string_view reason, core::time_point now);

    account_parts& account_;
};

}  // namespace tiktok2twitch::twitch
