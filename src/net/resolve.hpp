// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <vector>

#include "tiktok2twitch/net/awaitable.hpp"

namespace tiktok2twitch::net {

using endpoints = std::vector<asio::ip::tcp::endpoint>;

// A blocking lookup.
using lookup_function = core::result<endpoints> (*)(const std::string& host, std::uint16_t port);
core::result<endpoints> system_lookup(const std::string& host, std::uint16_t port);

// The addresses of `host` in the order to try them. Numeric hosts and localhost need no lookup. Honours
// terminal cancellation at once, although a lookup itself cannot be stopped: it ends on a thread of its
// own and its result is dropped.
awaitable<core::result<endpoints>> resolve(std::string host, std::uint16_t port,
                                           lookup_function lookup = system_lookup);

}  // namespace tiktok2twitch::net
