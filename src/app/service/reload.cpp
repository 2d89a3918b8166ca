// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/reload.hpp"

#include <algorithm>

#include "tiktok2twitch/app/config/keys.hpp"

namespace tiktok2twitch::app {
namespace {

// The same two ends; what is carried between them may change under way.
bool contains(const std::vector<route_config>& routes, const route_config& route) {
    return std::any_of(routes.begin(), routes.end(), [&route](const route_config& other) {
        return other.tiktok == route.tiktok && other.channel == route.channel;
    });
}

}  // namespace

route_changes compare_routes(const std::vector<route_config>& before,
                             const std::vector<route_config>& after) {
    route_changes changes;
    for (const auto& route : after)
        (contains(before, route) ? changes.kept : changes.added).push_back(route);
    for (const auto& route : before)
        if (!contains(after, route))
            changes.removed.push_back(route);
    return changes;
}

std::vector<std::string> keys_that_need_restart(const config& before, const config& after) {
    // Only a relay that began with commands listens for them.
    const bool cannot_listen = before.transport == chat_transport::helix && !before.twitch.read_back &&
                               !before.commands.enabled && after.commands.enabled;
    std::vector<std::string> keys;
    for (const config_key& key : config_keys()) {
        const bool changed = key.kind == &kinds::secret
                                 ? before.twitch.token_is_kept != after.twitch.token_is_kept
                                 : value_text(before, key) != value_text(after, key);
        if (changed && key.counts != change::at_reload)
            keys.push_back(key.dotted());
        if (cannot_listen && key.kind == &kinds::transport)
            keys.emplace_back("commands.enabled");
    }
    return keys;
}

void use_stored_login(config& settings, const std::vector<std::string>& stored,
                      const running_login& running) {
    auto& login = settings.twitch.login;
    if (login.empty())
        login = running.name;
    if (!settings.twitch.token.empty())
        return;
    if (login.empty() && stored.size() == 1)
        login = stored.front();
    settings.twitch.token_is_kept =
        running.kept || std::find(stored.begin(), stored.end(), login) != stored.end();
}

config merge_reloaded(const config& running, const config& loaded) {
    auto merged = loaded;
    for (const config_key& key : config_keys())
        if (key.counts == change::at_restart)
            copy_value(merged, running, key);
    // Between a configured token and a stored login; a changed token is used at once.
    if (running.twitch.token_is_kept != loaded.twitch.token_is_kept) {
        merged.twitch.token_is_kept = running.twitch.token_is_kept;
        merged.twitch.token = running.twitch.token;
    }
    return merged;
}

}  // namespace tiktok2twitch::app
