// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The doctor's rounds: each looks at one part of the way with the clients that a relay uses, and hands what
// it has seen to doctor_words.hpp. They come one after the other; what an earlier one has found broken spares
// a later one its work.

#include <functional>
#include <string>
#include <vector>

#include "app/doctor_report.hpp"
#include "app/doctor_words.hpp"
#include "tiktok2twitch/app/config_loader.hpp"
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

// Blocks for a moment: files, and a relay on this machine.
void look_at_machine(doctor_round& round);
directory_facts look_at_directory(const std::string& path);

// These return early when they are cancelled.
net::awaitable<void> look_at_network(doctor_round& round);
net::awaitable<void> look_at_rooms(doctor_round& round);
net::awaitable<void> look_at_twitch(doctor_round& round);

}  // namespace tiktok2twitch::app
