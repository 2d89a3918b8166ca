// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/cli/process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

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

namespace {

// The system takes a terminal that hangs up from all its processes before it signals them.
bool has_terminal() {
    const int terminal = ::open("/dev/tty", O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (terminal < 0)
        return false;
    ::close(terminal);
    return true;
}

bool ignores(int number) {
    struct sigaction now {};
    return ::sigaction(number, nullptr, &now) == 0 && (now.sa_flags & SA_SIGINFO) == 0 &&
           now.sa_handler == SIG_IGN;
}

}  // namespace

start_of_process::start_of_process() : facts_{ignores(SIGHUP), has_terminal(), false} {}

hang_up start_of_process::meaning() const {
    auto facts = facts_;
    facts.has_terminal = ::tiktok2twitch::app::has_terminal();
    return meaning_of(facts);
}

}  // namespace tiktok2twitch::app
