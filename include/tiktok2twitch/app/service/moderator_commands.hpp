// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The relay in the hands of people: obeys the commands of Twitch's moderators, in chat and by 'tiktok2twitch
// approve' and 'deny', keeps what they set over a restart, and tells them what is held. On the egress loop.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/app/service/outbound.hpp"
#include "tiktok2twitch/app/service/run_context.hpp"
#include "tiktok2twitch/control/message.hpp"
#include "tiktok2twitch/egress/moderators.hpp"

namespace tiktok2twitch::app {

// Answers about held messages; `held`: what is held in the channel then. Pure.
// "dropped; still held: 4, 5"
std::string answer_with_held(const std::string& what, const std::vector<std::uint64_t>& held);
// To a decision about what is not held, or about number 0, the only one, where there is not one.
std::string answer_not_decided(std::uint64_t number, const std::vector<std::uint64_t>& held);

// What is told in public of a held message.
struct announced {
    std::uint64_t number = 0;
    std::string name;  // as lines show it; empty: it may not be shown
};

// Tells a channel's moderators, in its chat, that something waits for them: one line a minute at most, only
// when something new is held. Pure. One for each channel.
class held_announcer {
public:
    static constexpr auto interval = std::chrono::minutes(1);

    // The line to say now; nothing when there is nothing new or it is too early. `held`: oldest first. What
    // is returned counts as said.
    std::optional<std::string> line(std::span<const announced> held, core::time_point now,
                                    std::string_view word);
    // Whether line() would return one, but for the time.
    bool has_news(std::uint64_t newest) const noexcept { return newest > told_; }
    core::time_point not_before() const noexcept { return not_before_; }

private:
    std::uint64_t told_ = 0;  // the newest number that was said
    core::time_point not_before_ = core::time_point::min();
};

class moderator_commands {
public:
    moderator_commands(run_context& run, outbound& out);

    // What chat has to start with; empty when commands are off.
    std::string word() const { return mods_.command_word(); }
    // Before the first route into the channel: what its moderators set in an earlier process.
    void restore(const std::string& channel);
    // The configuration has changed.
    void on_reload();
    // The rules in force have changed: judges again all that waits.
    void judge_all_again();
    void on_chat(const twitch::chat_message& message);

    // Says in chat that something new waits for a decision. About once a second. The least important of all
    // lines: it waits while anything else does, or half the budget is used.
    void announce_held();
    std::string held_json() const;
    control::answer decide(const control::request& request);

    // At the end: the wall clock may have been set meanwhile, by which a later process ends timed mutes.
    void save_timed();

private:
    std::string act(const egress::moderator_reaction& reaction, const std::string& channel);
    std::string approve(const std::string& channel, std::uint64_t number);
    std::string deny(const std::string& channel, std::uint64_t number);
    std::string status_of(const std::string& channel) const;
    bool announce_held(const twitch::channel_status& channel, const twitch::budget_status& budget,
                       core::time_point now);
    void save(const std::string& channel);

    run_context& run_;
    outbound& out_;
    egress::moderators mods_;
    std::map<std::string, held_announcer> announcers_;  // by channel
};

}  // namespace tiktok2twitch::app
