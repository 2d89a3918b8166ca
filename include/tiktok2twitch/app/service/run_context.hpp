// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the parts of a running relay share: its settings, its loop, how far it has come, and what runs beside
// the rooms and the connection to Twitch. Everything on the egress loop.

#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <string>

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "tiktok2twitch/app/cli/process.hpp"
#include "tiktok2twitch/app/config/config.hpp"
#include "tiktok2twitch/core/exit_code.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/tiktok/client/recorder.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"

namespace tiktok2twitch::app {

struct relay_settings {
    config effective;          // changes with a reload
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

// running -> (stopping_rooms ->) draining -> over
enum class run_phase : std::uint8_t { running, stopping_rooms, draining, over };

class run_context {
public:
    // `on_late`: the end takes too long, see guard_end().
    run_context(relay_settings the_settings, std::function<void()> on_late);

    const config& effective() const noexcept { return settings.effective; }
    bool running() const noexcept { return phase == run_phase::running; }

    // `ended` is told when the task has ended. What a task throws ends the loop.
    void start_beside(net::awaitable<core::error_code> task,
                      std::function<void(core::error_code reason)> ended = {});
    void cancel_beside();
    bool alone() const noexcept { return beside_ == 0; }  // no task runs beside

    // The end has to come within this time from now, once it is over with the last task beside.
    void guard_end(core::duration limit);

    relay_settings settings;
    boost::asio::io_context loop{1};
    net::tls_client tls;
    run_phase phase = run_phase::running;
    bool stop_requested = false;
    exit_code result = exit_code::ok;

private:
    std::function<void()> on_late_;
    boost::asio::steady_timer watchdog_;
    std::list<boost::asio::cancellation_signal> signals_;  // of the tasks that were started
    std::size_t beside_ = 0;                               // tasks that run
};

}  // namespace tiktok2twitch::app
