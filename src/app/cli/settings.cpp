// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/cli/settings.hpp"

#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

load_request request_of(const command_line& line) {
    load_request request;
    request.config_path = line.config_path;
    request.state_dir = line.state_dir;
    request.flags = line.settings;
    request.route = line.route;
    return request;
}

std::optional<loaded_config> load_or_explain(const command_line& line, const environment& variables,
                                             exit_code& failed) {
    auto loaded = load_config(request_of(line), variables);
    if (const auto* failure = std::get_if<load_failure>(&loaded)) {
        for (const auto& message : failure->messages)
            log(log_level::error, "config", message);
        failed = failure->code;
        return std::nullopt;
    }
    auto good = std::get<loaded_config>(std::move(loaded));
    for (const auto& warning : good.warnings)
        log(log_level::warning, "config", warning);
    return good;
}

}  // namespace tiktok2twitch::app
