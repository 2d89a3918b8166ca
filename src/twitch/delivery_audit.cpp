// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "twitch/delivery_audit.hpp"

#include <algorithm>
#include <utility>

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

}  // namespace tiktok2twitch::twitch
