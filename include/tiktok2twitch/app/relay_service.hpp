// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The running relay: owns both loops, every room, the Twitch account, the state files and the signals.
// Construct, run() once on the thread that shall be the egress loop, then read the books.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tiktok2twitch/app/config.hpp"
#include "tiktok2twitch/app/exit_code.hpp"
#include "tiktok2twitch/app/hang_up.hpp"
#include "tiktok2twitch/tiktok/client/recorder.hpp"
#include "tiktok2twitch/twitch/account.hpp"

namespace tiktok2twitch::app {

struct relay_settings {
    config effective;
    std::string state_dir;     // created when missing; a dry run does not use it
    bool dry_run = false;      // decide everything, send nothing
    bool once = false;         // end with the live (of every room)
    bool signals = true;       // SIGINT, SIGTERM, SIGHUP are ours
    start_of_process start{};  // what SIGHUP means depends on it
    std::string report_file;   // empty: none
    bool reads_input = false;  // standard input in place of TikTok; its end is the end of the relay
    std::vector<tiktok::recording_target> recordings{};  // of what comes from TikTok
    std::uint64_t seed = 0;                              // for jitter

    // Called to reload: the new configuration, or nothing when it is bad (and was already reported).
    std::function<std::optional<config>()> reload;
    // Called on the egress loop for each line of a dry run.
    std::function<void(const twitch::write_line&)> on_dry_line;
    // Asked every second: nobody gets these lines any more, and the relay ends, with io_error.
    std::function<bool()> output_is_gone;
    // Called on the egress loop for each settled event; for the demo's view.
    std::function<void(const relay::settlement&)> on_settled;
};

class relay_service {
public:
    // Bounds of an orderly stop: what may still be said is sent for `drain_limit`, and the process ends
    // after `stop_limit` whatever hangs (a name lookup cannot be interrupted); the same again for what runs
    // beside once all is said. Only the login is then waited for longer: a refresh under way takes at most
    // 60 s, and saving what it brought 5 s.
    static constexpr auto drain_limit = std::chrono::seconds(5);
    static constexpr auto stop_limit = std::chrono::seconds(12);
    static constexpr auto login_limit = std::chrono::seconds(75);

    explicit relay_service(relay_settings settings);
    ~relay_service();

    exit_code run();

    // Asks for an orderly stop, like SIGTERM. Any thread, once run() has been called or not.
    void request_stop();

    // After run().
    std::string report() const;
    std::string summary() const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::app
