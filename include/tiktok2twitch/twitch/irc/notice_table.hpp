// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/twitch/account_types.hpp"

namespace tiktok2twitch::twitch {

// What a NOTICE about sending means for us (docs/protocol/twitch.md §2.6).
enum class reaction : std::uint8_t {
    drop,           // this line only
    split,          // one text is to blame: halve a line of several, drop a line of one
    shorten,        // too long: halve a line of several, cut a line of one, once
    unanswered,     // nobody knows whether it was shown; never sent again
    ratelimited,    // requeue once, slow the account down; longer if the text says so
    slow_mode,      // requeue once, wait as long as the text says
    timed_out,      // pause as long as the text says
    pause,          // pause the channel; after `wait` at the latest the next line is a probe
    stop,           // nothing more to this channel until Twitch lets us in; what waits is dropped
    fatal,          // the account itself
    informational,  // not about a line of ours
};

// A room mode whose end lifts a pause early.
enum class room_mode : std::uint8_t { none, emote_only, subs_only, followers_only };

struct notice_rule {
    std::string_view id;
    reaction what = reaction::drop;
    core::duration wait{};
    room_mode until = room_mode::none;
    std::string_view dropped_as;  // reason of events that meet a stopped channel
    notice::severity level = notice::severity::warning;
    std::string_view sentence;  // for the streamer; {c} the channel, {l} the bot's login
};

// Unknown "msg_*" ids drop the line; any other unknown id is informational.
// Whether the table has a rule of its own for it.
bool is_known(std::string_view msg_id) noexcept;
notice_rule rule_for(std::string_view msg_id) noexcept;
std::span<const notice_rule> all_rules() noexcept;

std::string fill_sentence(std::string_view sentence, std::string_view channel, std::string_view login);

// How long the server's text says to wait: the integer before "second", else the last one. Bounded to
// two weeks, Twitch's longest timeout.
std::optional<core::duration> wait_in_text(std::string_view text) noexcept;

}  // namespace tiktok2twitch::twitch
