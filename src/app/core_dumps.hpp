// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

namespace tiktok2twitch::app {

// Tokens are in memory, so a crash must not put that memory into a file. Only the soft limit is lowered, and
// PR_SET_DUMPABLE is left alone: a debugger still attaches, and prlimit(1) brings dumps back.
void forbid_core_dumps() noexcept;

}  // namespace tiktok2twitch::app
