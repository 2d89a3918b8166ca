// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>

namespace tiktok2twitch::net {

// First thing on every thread of a relay but the main one. The system gives a signal to any thread that takes
// it: the main thread alone decides when one is held back (app/signal_mask.hpp), and a lookup may outlive
// that.
inline void hear_no_signals() noexcept {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace tiktok2twitch::net
