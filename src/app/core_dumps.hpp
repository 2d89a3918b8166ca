// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

namespace tiktok2twitch::app {

// Tokens are in memory, so a crash must not put that memory into a file. Only the soft limit is lowered: a
// debugger still attaches, and prlimit(1) brings dumps back. Where the hard limit is 0 already, somebody
// wants no dumps at all: then the process is not dumpable (prctl(2)), its files in /proc belong to root, and
// only root attaches a debugger.
void forbid_core_dumps() noexcept;

}  // namespace tiktok2twitch::app
