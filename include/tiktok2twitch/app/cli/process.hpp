// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <pthread.h>

#include <csignal>
#include <cstdint>

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

// Tokens are in memory, so a crash must not put that memory into a file. Only the soft limit is lowered: a
// debugger still attaches, and prlimit(1) brings dumps back. Where the hard limit is 0 already, somebody
// wants no dumps at all: then the process is not dumpable (prctl(2)), its files in /proc belong to root, and
// only root attaches a debugger.
void forbid_core_dumps() noexcept;

// What SIGHUP means: the window in which the relay runs was closed, or an operator asks to read the
// configuration again.

enum class hang_up : std::uint8_t { ignored, stops, reloads };

// Pure. A program that was started with the signal ignored (nohup) leaves it so. One that has no terminal (a
// service, setsid) cannot lose it.
struct hang_up_facts {
    bool ignored_at_start = false;
    bool had_terminal = false;
    bool has_terminal = false;
};
constexpr hang_up meaning_of(const hang_up_facts& facts) noexcept {
    if (facts.ignored_at_start)
        return hang_up::ignored;
    return facts.had_terminal && !facts.has_terminal ? hang_up::stops : hang_up::reloads;
}

// How the process was started: to be made before anything listens for signals. Any thread.
class start_of_process {
public:
    start_of_process();
    bool ignores_hang_ups() const noexcept { return facts_.ignored_at_start; }
    bool had_terminal() const noexcept { return facts_.had_terminal; }
    // Now. Some terminals send the signal themselves just before they go: where there was one, `reloads` is
    // certain only a moment later.
    hang_up meaning() const;

private:
    hang_up_facts facts_;
};

}  // namespace tiktok2twitch::app
