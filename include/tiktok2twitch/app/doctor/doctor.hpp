// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The doctor's round: machine, network, TikTok, Twitch, one after the other, with the clients that a relay
// uses. What an earlier part has found broken spares a later one its work.

#include <functional>
#include <string>
#include <vector>

#include "tiktok2twitch/app/cli/cli.hpp"
#include "tiktok2twitch/app/config/loader.hpp"
#include "tiktok2twitch/app/doctor/report.hpp"
#include "tiktok2twitch/core/exit_code.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/tls.hpp"

namespace tiktok2twitch::app {

struct doctor_round {
    // No check begins later than this after the first one; each has a limit of its own.
    static constexpr core::duration patience = std::chrono::minutes(2);
    static constexpr std::size_t most_rooms = 10;
    // Twitch takes 20 JOINs in 10 s, and a relay may need some of them.
    static constexpr std::size_t most_channels = 15;

    doctor_round(const loaded_config& loaded, bool dry_run, std::function<void(const check&)> show);

    const config& settings() const noexcept { return loaded.settings.value; }
    void add(hop what, const std::string& about, finding found);
    // True: something it needs is broken, or the time is over; it was added as skipped.
    bool in_the_way(hop what, const std::string& about, std::initializer_list<doctor_report::need> needs);

    const loaded_config& loaded;
    bool dry_run = false;
    std::function<void(const check&)> show;
    doctor_report report;
    net::tls_client tls;
    core::time_point until;
};

// Each value once, in the order of the routes.
std::vector<std::string> each_once(const std::vector<route_config>& routes,
                                   std::string route_config::*member);

exit_code run_doctor_command(const command_line& line, const environment& variables);

}  // namespace tiktok2twitch::app
