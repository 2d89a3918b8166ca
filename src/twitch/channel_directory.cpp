// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "twitch/channel_directory.hpp"

#include <algorithm>

#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {

std::vector<std::string> channel_directory::due(core::time_point now) const {
    std::vector<std::string> names;
    if (now < not_before_)
        return names;
    for (const auto& [name, at] : known_)
        if (at <= now && names.size() < most_users_per_request)
            names.push_back(name);
    return names;
}

core::time_point channel_directory::deadline() const {
    auto at = core::time_point::max();
    for (const auto& [name, when] : known_)
        at = std::min(at, when);
    return std::max(at, not_before_);
}

std::vector<channel_directory::finding> channel_directory::on_answer(
    const std::vector<std::string>& asked, const core::result<std::vector<helix_user>>& found,
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
    for (const auto& name : asked) {
        const auto entry = known_.find(name);
        if (entry == known_.end())
            continue;
        const bool exists = std::any_of(found->begin(), found->end(),
                                        [&name](const helix_user& user) { return user.login == name; });
        entry->second = exists ? core::time_point::max() : now + missing_again;
        out.push_back({name, exists});
    }
    return out;
}

}  // namespace tiktok2twitch::twitch
