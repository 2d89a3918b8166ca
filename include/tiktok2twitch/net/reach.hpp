// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Whether a host can be reached, hop by hop: for diagnosis, where everybody else only wants the stream.

#include <string>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/address_memory.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/tls.hpp"

namespace tiktok2twitch::net {

// The addresses of the host in numbers, in the order in which they are tried. Errors: name_not_found,
// connect_timeout, the system's, operation_aborted.
awaitable<core::result<std::vector<std::string>>> look_up(core::url to, core::duration timeout);

struct reached {
    core::error_code error;  // net::errc, the system's, operation_aborted; none: it can be reached
    address_facts addresses;
};
// Connects and hangs up: TCP and, for an encrypted scheme, TLS with verification.
awaitable<reached> try_to_connect(core::url to, tls_client tls, core::duration timeout);

}  // namespace tiktok2twitch::net
