// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/core_dumps.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>

namespace tiktok2twitch::app {

void forbid_core_dumps() noexcept {
    rlimit limit{};
    if (getrlimit(RLIMIT_CORE, &limit) != 0)
        return;
    // One byte and not zero: no file is that small either, but Linux also calls no dump handler at 1, while
    // at 0 it does (fs/coredump.c; systemd-coredump and others are such handlers).
    limit.rlim_cur = std::min<rlim_t>(1, limit.rlim_max);
    setrlimit(RLIMIT_CORE, &limit);
    // A hard limit of 0 leaves no way to say so but this.
    if (limit.rlim_max == 0)
        prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace tiktok2twitch::app
