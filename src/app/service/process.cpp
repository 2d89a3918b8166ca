// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/hang_up.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>

namespace tiktok2twitch::app {
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
