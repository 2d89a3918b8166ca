// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/irc/join_plan.hpp"

#include <algorithm>

#include "tiktok2twitch/core/backoff.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::seconds;

// Twitch: 20 in 10 s per account, each channel counts.
constexpr std::size_t max_joins = 15;
constexpr core::duration join_window = seconds(10);
// A join's own USERSTATE must not be taken for the answer to the first line; it may also never come.
constexpr core::duration second_answer_wait = seconds(2);
constexpr core::duration longest_retry = seconds(300);

}  // namespace

void join_plan::add(const std::string& channel) {
    channels_.try_emplace(channel);
}

bool join_plan::remove(const std::string& channel) {
    const auto found = channels_.find(channel);
    if (found == channels_.end())
        return false;
    const bool asked = found->second.attempts > 0;
    if (asked)
        ++own_parts_[channel];
    channels_.erase(found);
    return asked;
}

bool join_plan::join_again(const std::string& channel) {
    auto& state = channels_[channel];
    const bool inside = state.is_ready;
    if (!inside && state.first_answer != core::time_point::max())
        return false;  // being answered
    state = entry{};
    if (inside)
        ++own_parts_[channel];
    return inside;
}

void join_plan::reset() {
    for (auto& [name, state] : channels_)
        state = entry{};
    own_parts_.clear();
}

core::time_point join_plan::slot(core::time_point now) const {
    return sent_.size() < max_joins ? now : sent_[sent_.size() - max_joins] + join_window;
}

std::optional<std::string> join_plan::next(core::duration timeout, core::time_point now) {
    if (slot(now) > now)
        return std::nullopt;
    for (auto& [name, state] : channels_) {
        if (state.first_answer != core::time_point::max() || state.next_attempt > now)
            continue;
        state.next_attempt = now + core::doubled(timeout, state.attempts++, std::max(timeout, longest_retry));
        sent_.push_back(now);
        if (sent_.size() > max_joins)
            sent_.pop_front();
        return name;
    }
    return std::nullopt;
}

core::time_point join_plan::deadline(core::time_point now) const {
    auto at = core::time_point::max();
    for (const auto& [name, state] : channels_) {
        if (state.is_ready)
            continue;
        if (state.first_answer != core::time_point::max())
            at = std::min(at, state.first_answer + second_answer_wait);
        else
            at = std::min(at, std::max(state.next_attempt, slot(now)));
    }
    return at;
}

bool join_plan::on_user_state(const std::string& channel, core::time_point now) {
    const auto found = channels_.find(channel);
    if (found == channels_.end() || found->second.is_ready)
        return false;
    found->second.user_state = true;
    found->second.first_answer = std::min(found->second.first_answer, now);
    return true;
}

void join_plan::on_room_state(const std::string& channel, core::time_point now) {
    const auto found = channels_.find(channel);
    if (found == channels_.end() || found->second.is_ready)
        return;
    found->second.room_state = true;
    found->second.first_answer = std::min(found->second.first_answer, now);
}

bool join_plan::on_part(const std::string& channel) {
    const auto found = own_parts_.find(channel);
    if (found == own_parts_.end())
        return false;
    if (--found->second == 0)
        own_parts_.erase(found);
    return true;
}

std::vector<join_plan::ready_channel> join_plan::take_ready(core::time_point now) {
    std::vector<ready_channel> out;
    for (auto& [name, state] : channels_) {
        if (state.is_ready || state.first_answer == core::time_point::max())
            continue;
        if ((state.user_state && state.room_state) || now >= state.first_answer + second_answer_wait) {
            state.is_ready = true;
            out.push_back({name, state.user_state});
        }
    }
    return out;
}

std::vector<std::string> join_plan::take_unanswered(core::time_point now) {
    std::vector<std::string> out;
    for (auto& [name, state] : channels_) {
        if (state.reported || state.attempts == 0 || state.next_attempt > now ||
            state.first_answer != core::time_point::max())
            continue;
        state.reported = true;
        out.push_back(name);
    }
    return out;
}

bool join_plan::ready(const std::string& channel) const {
    const auto found = channels_.find(channel);
    return found != channels_.end() && found->second.is_ready;
}

}  // namespace tiktok2twitch::twitch
