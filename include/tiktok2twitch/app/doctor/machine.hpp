// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the doctor finds on this machine: routes, state directory, a relay that runs, certificates.

#include <string>
#include <vector>

#include "tiktok2twitch/app/config/config.hpp"
#include "tiktok2twitch/app/doctor/doctor.hpp"
#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::app {

finding of_routes(const std::vector<route_config>& routes);

struct directory_facts {
    bool exists = false;
    core::error_code unusable;  // a file in it cannot be written; when it is missing: it cannot be made
    bool ours = true;           // belongs to the user who runs this
    bool others_may_write = false;
    std::string
        closed;  // the directory on the way to it that this user may not enter; `unusable` is set then
    bool closed_is_ours = false;
};
finding of_directory(const std::string& path, const directory_facts& facts);

// `first_line` of what a relay says about itself; empty: none has answered.
finding of_running_relay(const std::string& login, const std::string& first_line);

finding of_trust(const core::error_code& error, const std::string& ca_file);

// Blocks for a moment: files, and a relay on this machine.
void look_at_machine(doctor_round& round);
directory_facts look_at_directory(const std::string& path);

}  // namespace tiktok2twitch::app
