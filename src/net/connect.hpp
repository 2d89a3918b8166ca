// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/any_stream.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/address_memory.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/race_plan.hpp"
#include "tiktok2twitch/net/resolve.hpp"
#include "tiktok2twitch/net/tls.hpp"

namespace tiktok2twitch::net {

// Name lookup, TCP and, for an encrypted scheme, TLS with verification. All addresses of the host race for it
// (RFC 8305, race_plan.hpp): the first whose connection stands, TLS included, wins, the others are dropped.
// An address that swallows packets costs a quarter of a second, once: the winner is remembered. What does not
// answer is logged, with numbers, when it is news. Plain schemes only to loopback (plain_text_refused),
// unless `plain_allowed`. connect_timeout when nobody gives a sign of life for 8 s; otherwise unbounded in
// time: the caller bounds it. `facts` may be null; it is set as soon as the addresses are known.
awaitable<core::result<any_stream>> open_stream(core::url to, tls_client tls, address_facts* facts = nullptr,
                                                lookup_function lookup = system_lookup,
                                                bool plain_allowed = false);

}  // namespace tiktok2twitch::net
