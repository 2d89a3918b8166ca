// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What a running relay says about itself: the report's counts at this moment, and beside them what the rooms
// and the Twitch account are doing. Pure: from facts to JSON (asked through the status socket), and from that
// JSON to text for people (the status command).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/app/pipeline.hpp"
#include "tiktok2twitch/app/report.hpp"
#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/twitch/account.hpp"

namespace tiktok2twitch::app {

struct room_facts {
    std::string tiktok;
    std::string text;        // "connected to the live"
    core::duration since{};  // how long it has been so
};

struct status_facts {
    std::string phase;  // "running", "stopping"
    core::duration uptime{};
    std::vector<room_facts> rooms;
    std::string login;  // the bot account
    bool online = false;
    std::string problem;     // "login_needed" and the like; empty: none
    std::string what_to_do;  // about the problem, for people
    twitch::budget_status budget;
    std::vector<twitch::channel_status> channels;
};

// One JSON object: that of report_json() and "relay", "rooms", "twitch".
std::string status_json(const status_facts& facts, const pipeline& pipeline, const progress_of& progress);

// For people. Nothing when `json` is no status of this program.
std::optional<std::string> status_text(std::string_view json);

}  // namespace tiktok2twitch::app
