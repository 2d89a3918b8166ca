// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What a running relay says about itself: the report's counts at this moment, and beside them what the rooms
// and the Twitch account are doing. Pure: from facts to JSON (asked through the status socket), from that
// JSON to text for people (the status command), and from facts to the one row that is shown while it runs.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/app/status/report.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"
#include "tiktok2twitch/tiktok/room/room_watch.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"

namespace tiktok2twitch::app {

struct room_facts {
    std::string tiktok;
    tiktok::room_state state = tiktok::room_state::looking_up;
    std::string text;        // the state in words, with its reason and what to do
    core::duration since{};  // how long it has been so
    // While it is live, over reconnects: for how long it has been read, and how many watch.
    std::optional<core::duration> live_for;
    std::optional<std::int64_t> viewers;
    std::optional<core::duration> last_message;  // since something came that a route relays
    std::optional<core::duration> next_try;      // until the next look, or the next try to get in
    std::string door;                            // where the visitor's cookie came from; empty: not known
    std::string hint;                            // what a person should know or do; empty: nothing
};

// The sums of one route.
struct route_facts {
    std::string tiktok;
    std::string channel;
    std::uint64_t relayed = 0;  // those folded into another's part too
    std::uint64_t lost = 0;     // dropped, for whatever reason
    std::uint64_t waiting = 0;  // all that is pending
};

struct status_facts {
    std::string version;  // of the program
    std::string phase;    // "running", "stopping"
    core::duration uptime{};
    bool dry_run = false;
    std::vector<room_facts> rooms;
    std::vector<route_facts> routes;  // those in force
    std::string login;                // the bot account
    twitch::connection_status connection;
    std::string problem;     // "login_needed" and the like; empty: none
    std::string what_to_do;  // about the problem, for people
    twitch::budget_status budget;
    std::vector<twitch::channel_status> channels;
};

// One JSON object: that of report_json() and "relay", "rooms", "twitch". Spans are in seconds.
std::string status_json(const status_facts& facts, const egress::pipeline& pipeline,
                        const progress_of& progress);

// For people. Nothing when `json` is no status of this program.
std::optional<std::string> status_text(std::string_view json);

// The whole in one row, what matters most first, for it may be cut at the terminal's width:
// "live 12 min · 340 viewers · relayed 1,204 · waiting 3 · lost 0 · 22 of 90 lines".
std::string status_row(const status_facts& facts);

}  // namespace tiktok2twitch::app
