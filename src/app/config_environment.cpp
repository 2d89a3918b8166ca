// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "app/config_keys.hpp"
#include "app/toml_text.hpp"
#include "core/nearest.hpp"
#include "tiktok2twitch/app/config.hpp"

namespace tiktok2twitch::app {

environment_settings read_environment(std::span<const std::string> lines) {
    std::vector<std::string> names;
    for (const config_key& key : config_keys()) {
        names.push_back(key.variable());
    }
    const std::vector<std::string_view> candidates(names.begin(), names.end());

    environment_settings out;
    for (const std::string& line : lines) {
        const std::size_t equals = line.find('=');
        if (!line.starts_with("TIKTOK2TWITCH_") || equals == std::string::npos) {
            continue;
        }
        const std::string name = line.substr(0, equals);
        const auto found = std::ranges::find(names, name);
        if (found == names.end()) {
            const value_origin origin{value_source::environment, {}, 0};
            out.warnings.push_back({origin, "unknown environment variable " + show_quoted(name) +
                                                "; the nearest known one is " +
                                                std::string(core::nearest(name, candidates))});
        } else if (equals + 1 < line.size()) {
            const config_key& key = config_keys()[static_cast<std::size_t>(found - names.begin())];
            out.settings.push_back({key.dotted(), line.substr(equals + 1), name});
        }
    }
    return out;
}

}  // namespace tiktok2twitch::app
