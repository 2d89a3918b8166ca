// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <pthread.h>
#include <csignal>

namespace tiktok2twitch::app {

// While one lives, this thread holds a signal back or lets it through; what was in force is back when it
// ends. Other threads hear none (net/quiet_thread.hpp). What is held back is not lost: the system delivers it
// once as soon as it is let through. So SIGHUP, which ends a program that does not listen, waits for whoever
// does.
class signal_mask {
public:
    enum class mode { hold_back, let_through };

    signal_mask(mode what, int number) noexcept {
        sigset_t one;
        sigemptyset(&one);
        sigaddset(&one, number);
        pthread_sigmask(what == mode::hold_back ? SIG_BLOCK : SIG_UNBLOCK, &one, &before_);
    }
    ~signal_mask() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

    signal_mask(const signal_mask&) = delete;
    signal_mask& operator=(const signal_mask&) = delete;

private:
    sigset_t before_{};
};

}  // namespace tiktok2twitch::app
