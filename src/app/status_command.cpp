// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <string>

#include "app/command_client.hpp"
#include "app/output.hpp"
#include "app/relay_place.hpp"
#include "tiktok2twitch/app/status.hpp"
#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

// Every relay that uses the state directory, or the one with --pid.
exit_code run_status_command(const command_line& line, const environment& variables) {
    auto failed = exit_code::ok;
    const auto place = find_relay_place(line, variables, failed);
    if (!place)
        return failed;
    const auto running = running_relays(place->state_dir);
    std::size_t answered = 0;
    std::size_t silent = 0;
    for (const auto& relay : running) {
        if (line.pid && relay.pid != *line.pid)
            continue;
        const auto answer = ask_relay(relay.path, {control::verb::status, 0});
        const auto& data = answer ? answer->said.said.data : std::string();
        const auto text = line.json && !data.empty() ? std::optional(data) : status_text(data);
        if (!text) {
            log(log_level::warning, "status",
                describe(relay) + " does not answer" +
                    (answer ? " like this version of tiktok2twitch; restart it"
                            : ": " + answer.error().message()));
            ++silent;
            continue;
        }
        print_out(*text);
        ++answered;
    }
    if (answered > 0)
        return exit_code::ok;
    if (silent == 0)
        log(log_level::error, "status",
            choose_relay(line.pid ? running : std::vector<running_relay>(), place->wish, place->state_dir)
                .problem);
    return exit_code::unavailable;
}

}  // namespace tiktok2twitch::app
