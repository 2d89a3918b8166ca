// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The relay in the hands of the moderators of every Twitch channel it speaks in: who may command, what
// follows. Pure: the relay service answers, saves and obeys.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/egress/judge.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/filter/user_rules.hpp"
#include "tiktok2twitch/relay/moderation/moderation.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"

namespace tiktok2twitch::egress {

// Who has written lately in the rooms of one channel. A relayed line shows a nickname, which anybody may
// have; moderators mean the person behind it.
class seen_authors {
public:
    static constexpr std::size_t most = 1000;  // the latest
    static constexpr std::size_t most_found = 5;

    void note(const relay::author& from, const shown_author& shown);

    // The handles of whoever has this handle, number or nickname, or is shown with this name, in any case; at
    // most most_found. Account numbers of those without a handle, or with one that the filters would not let
    // through, unless it is the one that was asked for: it goes into an answer in the chat.
    std::vector<std::string> called(std::string_view text) const;
    // Of those, and be they many, whoever `accepts` the handle or the number of: what it accepted.
    std::vector<std::string> called(std::string_view text,
                                    const std::function<bool(const std::string& user)>& accepts) const;
    // Whether somebody has this handle or number.
    bool knows(std::string_view user) const;

private:
    struct seen {
        std::string handle;
        std::string name_key;
        std::string shown_key;
        bool may_say_handle = false;
    };
    // With the number, the entry, and whether the handle may be said.
    template <class Visit>
    void visit_called(std::string_view text, Visit&& visit) const;

    relay::recent_users<seen, most> users_;
};

// What the relay service has to do beyond answering and saving.
enum class moderator_effect : std::uint8_t {
    none,
    silence,  // less is said from now on: also of what already waits
    resume,   // what Twitch keeps from being said is to be looked at again
    slow,
    words,    // blocked_words() changed
    status,   // the answer is to be made from the counts
    approve,  // the answer depends on what is held
    deny,
};

struct moderator_reaction {
    std::string answer;  // for chat; empty where the effect says who makes it
    bool save = false;   // the channel's text() changed
    moderator_effect effect = moderator_effect::none;
    std::uint64_t number = 0;  // approve, deny: of which held message; 0: the only one
};

// The counts of one route, for the status.
struct route_status {
    std::string tiktok;
    std::uint64_t said = 0;
    std::uint64_t waiting = 0;
    std::uint64_t dropped = 0;
    std::uint64_t filtered = 0;
    std::uint64_t held = 0;  // until a moderator, or time, decides
};

class moderators {
public:
    explicit moderators(relay::command_options options = {}) : options_(std::move(options)) {}

    // Switched off, pauses and the like end, for nobody could end them any more. Mutes and blocks stay. The
    // channels whose text() changed.
    std::vector<std::string> set_options(relay::command_options options, core::time_point now);
    // What chat has to start with; empty when commands are off.
    std::string command_word() const { return options_.enabled ? options_.word : std::string(); }

    bool knows(const std::string& channel) const { return channels_.contains(channel); }
    // Of an earlier process; without what nobody could end.
    void restore(const std::string& channel, relay::moderation state, core::time_point now);
    std::vector<std::string> channels() const;
    // A channel nobody asked about yet has an empty state.
    const relay::moderation& of(const std::string& channel) const;

    // A line in this channel names somebody of its rooms, as `shown`.
    void heard(const std::string& channel, const relay::author& from, const shown_author& shown) {
        seen_[channel].note(from, shown);
    }
    // Nothing: this is no command, or not of somebody who may command.
    std::optional<moderator_reaction> on_chat(const twitch::chat_message& message, core::time_point now);
    std::string_view verdict(const std::string& channel, const relay::event& event,
                             core::time_point now) const;
    const std::vector<std::string>& blocked_words(const std::string& channel) const;
    // "relaying ann: 12 said, 3 wait, 1 dropped"
    std::string status(const std::string& channel, std::span<const route_status> routes) const;

private:
    std::vector<std::string> called(const std::string& channel, const std::string& name) const;
    std::string find_person(const std::string& channel, relay::command::mute& mute) const;
    std::string find_person(const std::string& channel, relay::command::unmute& unmute,
                            core::time_point now) const;
    bool end_what_nobody_can(relay::moderation& state, core::time_point now) const;

    relay::command_options options_;
    std::map<std::string, relay::moderation> channels_;
    std::map<std::string, seen_authors> seen_;  // by channel
};

}  // namespace tiktok2twitch::egress
