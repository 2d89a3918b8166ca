// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What SIGHUP means: the window in which the relay runs was closed, or an operator asks to read the
// configuration again.

#include <cstdint>

namespace tiktok2twitch::app {

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
