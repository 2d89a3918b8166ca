// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/irc/read_back.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/twitch/irc/session.hpp"

namespace tiktok2twitch::twitch {

void delivery_audit::set_listening(const std::string& channel, bool listening) {
    auto& here = channels_[channel];
    here.listening = listening;
    here.expected.clear();
    here.others_at = core::time_point::min();
}

void delivery_audit::set_deaf() {
    channels_.clear();
}

void delivery_audit::on_confirmed(const std::string& channel, std::string line_id, core::time_point now) {
    const auto found = channels_.find(channel);
    if (found == channels_.end() || !found->second.listening)
        return;
    auto& expected = found->second.expected;
    if (expected.size() >= most_expected)
        expected.pop_front();
    expected.push_back({std::move(line_id), now});
}

void delivery_audit::on_seen(const std::string& channel, bool own, std::string_view line_id,
                             core::time_point now) {
    const auto found = channels_.find(channel);
    if (found == channels_.end())
        return;
    auto& here = found->second;
    if (!own) {
        here.others_at = now;
        return;
    }
    here.missing = 0;
    here.suspected = false;
    if (here.expected.empty())
        return;
    const auto same = std::find_if(here.expected.begin(), here.expected.end(), [&](const expectation& line) {
        return !line_id.empty() && line.line_id == line_id;
    });
    here.expected.erase(same == here.expected.end() ? here.expected.begin() : same);
}

std::vector<std::string> delivery_audit::take_suspects(core::time_point now) {
    std::vector<std::string> suspects;
    for (auto& [channel, here] : channels_) {
        while (!here.expected.empty() && here.expected.front().at + patience <= now) {
            if (here.others_at > here.expected.front().at)
                ++here.missing;
            here.expected.pop_front();
        }
        if (here.missing < (here.suspected ? 1 : missing_for_suspicion))
            continue;
        here.suspected = true;
        here.missing = 0;
        here.expected.clear();  // confirmed before the consequences: not to be held against the bot again
        suspects.push_back(channel);
    }
    return suspects;
}

core::time_point delivery_audit::deadline() const {
    auto at = core::time_point::max();
    for (const auto& [channel, here] : channels_)
        if (!here.expected.empty())
            at = std::min(at, here.expected.front().at + patience);
    return at;
}

namespace {

// Any number will do; readers of several relays should not share one.
constexpr std::uint64_t names = 90'000;
constexpr std::uint64_t first_name = 10'000;

}  // namespace

read_back::read_back(std::string own, std::uint64_t seed)
    : own_(std::move(own)), retry_(core::backoff::options{}, seed) {
    options_.login = "justinfan" + std::to_string(first_name + seed % names);
}

void read_back::remove_channel(const std::string& channel) {
    leave(called_of(channel));
    called_.erase(channel);
    audit_.set_listening(channel, false);
    ranks_.erase(channel);
}

void read_back::channel_called(const std::string& channel, const std::string& called) {
    const std::string before = called_of(channel);
    if (before == called || !joins_.wants(before))
        return;
    leave(before);
    audit_.set_listening(channel, false);
    called_.insert_or_assign(channel, called);
    joins_.add(called);
}

void read_back::leave(const std::string& called) {
    if (joins_.remove(called) && session_.ready())
        session_.send({{}, {}, "PART", {"#" + called}});
}

const std::string& read_back::called_of(const std::string& channel) const {
    const auto found = called_.find(channel);
    return found == called_.end() ? channel : found->second;
}

const std::string& read_back::name_of(const std::string& called) const {
    for (const auto& [name, new_name] : called_)
        if (new_name == called)
            return name;
    return called;
}

void read_back::on_connected(core::time_point now) {
    leaving_ = false;
    joins_.reset();
    logins_.on_attempt(now);
    session_.start(options_, now);
}

void read_back::on_disconnected(core::time_point now) {
    logins_.on_ended(now);
    next_attempt_ = now + retry_.next();
    joins_.reset();
    audit_.set_deaf();
}

core::time_point read_back::next_login(core::time_point now) const {
    return std::max(next_attempt_, logins_.earliest(now));
}

void read_back::on_line(std::string_view line, core::time_point now) {
    const auto event = session_.on_line(line, now);
    if (const auto* chat = std::get_if<channel_chat>(&event))
        handle(*chat, now);
    else if (std::holds_alternative<logged_in>(event))
        on_login(now);
    else if (const auto* room = std::get_if<room_state>(&event))
        joins_.on_room_state(room->channel, now);
    else if (const auto* part = std::get_if<own_part>(&event); part && !joins_.on_part(part->channel))
        audit_.set_listening(name_of(part->channel), false);
    else if (std::holds_alternative<reconnect_asked>(event) || std::holds_alternative<session_failed>(event))
        leaving_ = true;
}

void read_back::on_login(core::time_point now) {
    retry_.reset();
    logins_.on_success(now);
}

void read_back::handle(const channel_chat& chat, core::time_point now) {
    const bool own = core::ascii::lower(chat.login) == core::ascii::lower(own_);
    const std::string& channel = name_of(chat.channel);
    if (own && joins_.wants(chat.channel))
        own_lines_.push({channel, chat.id, chat.text, chat.trusted, chat.shared});
    if (chat.shared)
        return;
    audit_.on_seen(channel, own, chat.id, now);
    if (word_.empty() || !joins_.wants(chat.channel))
        return;
    if (own) {
        const auto [known, fresh] = ranks_.try_emplace(channel, false);
        if (std::exchange(known->second, chat.trusted) != chat.trusted)
            new_ranks_.push_back({channel, chat.trusted});
    }
    if (starts_with_word(chat.text, word_) && (!own || only_people_say(word_)))
        chat_.push({channel, chat.login, chat.text, chat.trusted});
}

std::vector<read_back::own_rank> read_back::take_ranks() {
    return std::exchange(new_ranks_, {});
}

std::optional<errc> read_back::poll(core::time_point now) {
    if (leaving_)
        return errc::server_reconnect;
    if (const auto failed = session_.failure(now))
        return failed;
    if (!session_.ready())
        return std::nullopt;
    for (const auto& ready : joins_.take_ready(now))
        audit_.set_listening(name_of(ready.name), true);
    joins_.take_unanswered(now);  // the account's own connection says so already
    while (const auto name = joins_.next(options_.join_timeout, now))
        session_.send({{}, {}, "JOIN", {"#" + *name}});
    session_.keep_alive(now);
    return std::nullopt;
}

core::time_point read_back::deadline(core::time_point now) const {
    auto at = std::min(session_.deadline(), audit_.deadline());
    if (session_.ready())
        at = std::min(at, joins_.deadline(now));
    return at;
}

}  // namespace tiktok2twitch::twitch
