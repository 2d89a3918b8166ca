// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <boost/asio/ip/tcp.hpp>

#include "tiktok2twitch/net/awaitable.hpp"

namespace tiktok2twitch::net {

using addresses = std::vector<asio::ip::address>;
using endpoints = std::vector<asio::ip::tcp::endpoint>;

// A blocking lookup.
using lookup_function = core::result<addresses> (*)(const std::string& host);
core::result<addresses> system_lookup(const std::string& host);

// Lookups at the same time, of different names; each has a thread. More names wait for their turn.
inline constexpr std::size_t most_lookups = 8;

// The addresses of `host` in the system's order, each once. Numeric hosts and localhost need no lookup.
// Honours terminal cancellation at once, although a lookup itself cannot be stopped: it ends, or hangs for
// ever, on a thread of its own. Who asks for a name that is being looked up already waits for that answer, so
// a resolver that never returns costs one thread for a name, however often it is asked for.
awaitable<core::result<endpoints>> resolve(std::string host, std::uint16_t port,
                                           lookup_function lookup = system_lookup);

}  // namespace tiktok2twitch::net
