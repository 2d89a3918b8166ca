// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include "net/any_stream.hpp"
#include "tiktok2twitch/core/url.hpp"

namespace tiktok2twitch::net {

// Name lookup, TCP and, for an encrypted scheme, TLS with verification; a stream of its own for each
// attempt. Plain schemes only to loopback (plain_text_refused). Unbounded in time: the caller bounds it.
awaitable<core::result<any_stream>> open_stream(core::url to, tls_client tls);

}  // namespace tiktok2twitch::net
