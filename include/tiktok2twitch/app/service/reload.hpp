// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What a reload may change while the relay runs. Pure.

#include <string>
#include <vector>

#include "tiktok2twitch/app/config/config.hpp"

namespace tiktok2twitch::app {

struct route_changes {
    std::vector<route_config> kept;  // as they are from now on: route.events may differ
    std::vector<route_config> added;
    std::vector<route_config> removed;
};
route_changes compare_routes(const std::vector<route_config>& before, const std::vector<route_config>& after);

// Keys that differ but cannot change under a running connection.
std::vector<std::string> keys_that_need_restart(const config& before, const config& after);

// The login that a relay runs with; none yet at its start.
struct running_login {
    std::string name;
    bool kept = false;  // in the state directory
};
// Without a configured token: the stored login of twitch.login, or the only one there is. A relay that runs
// keeps its own, whatever is stored by now.
void use_stored_login(config& settings, const std::vector<std::string>& stored, const running_login& running);

// `running` with everything of `loaded` that may change now.
config merge_reloaded(const config& running, const config& loaded);

}  // namespace tiktok2twitch::app
