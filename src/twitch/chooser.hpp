// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Who gets into the next line when not everybody can. Pure.

#include <cstddef>
#include <span>
#include <vector>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::twitch {

// Older than this, what waits is behind the show: then the newest goes first.
inline constexpr core::duration stale_wait = std::chrono::seconds(10);

// Indices into `waiting` (in order of arrival), ascending: what shall share the next line. All of it when it
// fits in `limit` code points. Else by priority; within one, whoever has the fewest messages before this one
// (nobody who writes a lot crowds out those who write once); then the oldest, or the newest if the wait has
// grown stale. Not `pack`: one, the oldest until the wait is stale. Requires a non-empty `waiting`; returns
// at least one index.
std::vector<std::size_t> choose(std::span<const relay::line_part> waiting, std::size_t limit, bool pack,
                                core::time_point now);

}  // namespace tiktok2twitch::twitch
