// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "tiktok2twitch/net/line_stream.hpp"

namespace tiktok2twitch::twitch {

// Writes `bytes`, or gives up after 15 s with errc::connection_dead: a write that does not end means that the
// peer takes nothing any more. `stream` must outlive it.
net::awaitable<core::error_code> limited_write(net::line_stream& stream, std::string bytes);

}  // namespace tiktok2twitch::twitch
