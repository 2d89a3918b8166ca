// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/helix/channel_directory.hpp"

#include <algorithm>

#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {

void channel_directory::doubt(const std::string& channel, std::string_view room_id) {
    const auto found = known_.find(channel);
    if (found == known_.end())
        return;
    auto& entry = found->second;
    if (!entry.id)
        entry.id = user_id::parse(room_id);
    const bool before = entry.doubt_asked != core::time_point::min();
    entry.at = std::min(entry.at, before ? entry.doubt_asked + doubted_again : core::time_point::min());
    entry.doubted = true;
}

std::vector<channel_directory::question> channel_directory::due(core::time_point now) const {
    std::vector<question> out;
    if (now < not_before_)
        return out;
    for (const auto& [name, entry] : known_)
        if (entry.at <= now && out.size() < most_users_per_request)
            out.push_back({name, entry.doubted ? entry.id : std::nullopt});
    return out;
}

core::time_point channel_directory::deadline() const {
    auto at = core::time_point::max();
    for (const auto& [name, entry] : known_)
        at = std::min(at, entry.at);
    return std::max(at, not_before_);
}

std::vector<channel_directory::finding> channel_directory::on_answer(
    const std::vector<question>& asked, const core::result<std::vector<helix_user>>& found,
    core::time_point now, core::duration told_wait) {
    std::vector<finding> out;
    if (!found) {
        // A token that the API does not take is somebody else's concern, and not helped by asking again soon.
        const bool hopeless = found.error() == errc::token_invalid || found.error() == errc::scope_missing ||
                              found.error() == errc::login_needed;
        not_before_ = now + std::max(hopeless ? missing_again : retry_.next(), told_wait);
        return out;
    }
    retry_.reset();
    for (const auto& each : asked) {
        const auto known = known_.find(each.channel);
        if (known == known_.end())
            continue;
        auto& entry = known->second;
        const auto user = std::find_if(found->begin(), found->end(), [&each](const helix_user& item) {
            return each.id ? item.id == *each.id : item.login == each.channel;
        });
        const bool exists = user != found->end();
        if (exists)
            entry.id = user->id;
        if (entry.doubted)
            entry.doubt_asked = now;
        entry.at = exists ? core::time_point::max() : now + missing_again;
        out.push_back({each.channel, {exists, exists ? user->login : std::string(), each.id.has_value()}});
    }
    return out;
}

}  // namespace tiktok2twitch::twitch
