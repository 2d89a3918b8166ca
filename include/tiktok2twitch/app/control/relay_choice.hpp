// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Which of the relays that use a state directory a command means. Pure.

#include <optional>
#include <string>
#include <vector>

namespace tiktok2twitch::app {

struct running_relay {
    std::string path;   // of its socket
    std::string login;  // the bot account; empty: a dry run
    long pid = 0;       // 0: not known
};

// "bot (pid 12)", "a dry run (pid 13)"
std::string describe(const running_relay& relay);
// From the name of a socket; nothing when it is none of ours.
std::optional<running_relay> relay_of(const std::string& directory, const std::string& file_name);

// The process whose dry run has a socket of this name; nothing when it is no dry run's.
std::optional<long> dry_run_of(const std::string& file_name);

struct relay_wish {
    std::optional<long> pid;  // --pid
    std::string login;        // twitch.login as configured; empty: none
    bool dry_run = false;     // --dry-run: only those
};

// One: it. None or several: `problem` says what there is and how to choose.
struct relay_choice {
    std::optional<running_relay> chosen;
    std::string problem;
    bool several = false;
};
relay_choice choose_relay(std::vector<running_relay> running, const relay_wish& wish,
                          const std::string& directory);

}  // namespace tiktok2twitch::app
