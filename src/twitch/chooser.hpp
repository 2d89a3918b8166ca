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

// Parts in a line that a person still reads at a glance; those of one author count once.
inline constexpr std::size_t readable_parts = 6;

// How many parts the next line may have when `waiting` messages wait: readable_parts, or half of what waits,
// so that a budget that cannot afford short lines keeps up with the chat.
std::size_t most_parts(std::size_t waiting) noexcept;

struct choice_options {
    std::size_t limit = 480;  // code points
    bool pack = true;
    bool hurry = false;  // the end is near: as many parts as fit
};

// Indices into `waiting` (in order of arrival), ascending: what shall share the next line. By priority;
// within one, whoever has the fewest messages before this one (nobody who writes a lot crowds out those who
// write once); then the oldest, or the newest if the wait has grown stale; as many of them as most_parts()
// says (all that fit when the wait is stale) and line_draft takes. Not `pack`: one, the oldest until the
// wait is stale. Requires a non-empty `waiting`; returns at least one index.
std::vector<std::size_t> choose(std::span<const relay::line_part> waiting, const choice_options& options,
                                core::time_point now);

}  // namespace tiktok2twitch::twitch
