// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/irc/chat_survey.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "tiktok2twitch/twitch/irc/notice_table.hpp"

namespace tiktok2twitch::twitch {

using answer = channel_look::answer;

chat_survey::chat_survey(const options& options, std::vector<std::string> channels, core::time_point now)
    : join_timeout_(options.join_timeout) {
    channels.resize(std::min(channels.size(), most_channels));
    for (auto& channel : channels) {
        look_.channels.emplace_back();
        look_.channels.back().channel = std::move(channel);
    }
    progress_.resize(look_.channels.size());
    session_.start(options, now);
}

void chat_survey::on_line(std::string_view line, core::time_point now) {
    const auto event = session_.on_line(line, now);
    if (look_.error)
        return;
    if (const auto* failed = std::get_if<session_failed>(&event))
        fail(failed->reason);
    else if (std::holds_alternative<reconnect_asked>(event))
        fail(errc::server_reconnect);
    else if (std::holds_alternative<logged_in>(event))
        log_in(now);
    else if (const auto* user = std::get_if<user_state>(&event))
        note(*user);
    else if (const auto* room = std::get_if<room_state>(&event))
        note(*room);
    else if (const auto* notice = std::get_if<room_notice>(&event))
        note(*notice);
    else if (const auto* part = std::get_if<own_part>(&event))
        note(*part);
}

void chat_survey::on_disconnected(const core::error_code& reason) {
    if (!settled())
        fail(reason);
}

bool chat_survey::done(core::time_point now) {
    if (look_.error)
        return true;
    if (look_.login.empty()) {
        if (const auto failure = session_.failure(now))
            fail(*failure);
        return static_cast<bool>(look_.error);
    }
    if (now >= join_deadline_)
        for (auto& channel : look_.channels)
            settle(channel, true);
    return settled() || now >= join_deadline_;
}

core::time_point chat_survey::deadline() const {
    return look_.login.empty() ? session_.deadline() : join_deadline_;
}

void chat_survey::log_in(core::time_point now) {
    look_.login = session_.login();
    join_deadline_ = now + join_timeout_;
    for (const auto& channel : look_.channels)
        session_.send({{}, {}, "JOIN", {"#" + channel.channel}});
}

void chat_survey::fail(const core::error_code& reason) {
    if (!look_.error)
        look_.error = reason;
}

channel_look* chat_survey::find(const std::string& channel) {
    const auto found = std::ranges::find(look_.channels, channel, &channel_look::channel);
    return found == look_.channels.end() ? nullptr : &*found;
}

void chat_survey::note(const user_state& state) {
    auto* const channel = find(state.channel);
    if (channel == nullptr)
        return;
    channel->rank = state.rank;
    progress_[static_cast<std::size_t>(channel - look_.channels.data())].user_state = true;
    settle(*channel, false);
}

// The first one has everything; later ones only what has changed.
void chat_survey::note(const room_state& state) {
    auto* const channel = find(state.channel);
    if (channel == nullptr)
        return;
    auto& modes = channel->modes;
    modes.slow = state.slow.value_or(modes.slow);
    modes.followers_only = state.followers_only.value_or(modes.followers_only);
    modes.subs_only = state.subs_only.value_or(modes.subs_only);
    modes.emote_only = state.emote_only.value_or(modes.emote_only);
    modes.unique = state.unique.value_or(modes.unique);
    progress_[static_cast<std::size_t>(channel - look_.channels.data())].room_state = true;
    settle(*channel, false);
}

void chat_survey::note(const room_notice& notice) {
    auto* const channel = find(notice.channel);
    if (channel == nullptr)
        return;
    const auto rule = rule_for(notice.msg_id);
    if (rule.what != reaction::informational)
        refuse(*channel, notice.msg_id, rule.sentence);
}

void chat_survey::note(const own_part& part) {
    if (auto* const channel = find(part.channel))
        refuse(*channel, {}, "Twitch sent {l} out of the channel. If it is banned there: /unban {l}");
}

void chat_survey::refuse(channel_look& channel, std::string msg_id, std::string_view sentence) {
    channel.what = answer::refused;
    channel.msg_id = std::move(msg_id);
    channel.sentence = fill_sentence(sentence, channel.channel, look_.login);
}

// Both lines come after a JOIN, in any order; one of them is enough when the other stays away.
void chat_survey::settle(channel_look& channel, bool complete) {
    const auto& seen = progress_[static_cast<std::size_t>(&channel - look_.channels.data())];
    const bool joined = complete ? seen.user_state || seen.room_state : seen.user_state && seen.room_state;
    if (joined && channel.what == answer::none)
        channel.what = answer::joined;
}

bool chat_survey::settled() const {
    return !look_.login.empty() && std::ranges::none_of(look_.channels, [](const channel_look& each) {
        return each.what == answer::none;
    });
}

}  // namespace tiktok2twitch::twitch
