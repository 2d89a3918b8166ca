// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the doctor finds on the way to the hosts that a relay speaks to, and about the clock.

#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/app/doctor/doctor.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/address_memory.hpp"
#include "tiktok2twitch/net/awaitable.hpp"

namespace tiktok2twitch::app {

// A host that is spoken to, and the key of the configuration that names it.
struct endpoint {
    std::string_view key;
    core::url at;
    std::string_view without = {};  // what a relay cannot do without it; empty: start
};
std::string place_of(const core::url& at);  // "host:port"
// A relay starts without it, if `where` says so: then a fault is a warning.
finding weighed(const endpoint& where, finding found);
finding of_dns(const endpoint& where, const core::result<std::vector<std::string>>& addresses);
finding of_connection(const endpoint& where, const core::error_code& error,
                      const net::address_facts& addresses = {});

// Off by more than this is worth a word: certificates and tokens have dates.
inline constexpr core::duration clock_tolerance = std::chrono::minutes(1);
finding of_clock(core::unix_ms here, core::unix_ms there, const std::string& host);

// Returns early when it is cancelled.
net::awaitable<void> look_at_network(doctor_round& round);

}  // namespace tiktok2twitch::app
