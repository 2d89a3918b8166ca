// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// When the account last spoke, on disk, so that a restart cannot exceed Twitch's window: one small write
// before each line, not synced, since a reboot takes longer than the window. Holds the account's lock.
//
// The files are sent-<login>.bin, of a fixed size and preallocated (a full disk cannot stop it), and
// account-<login>.lock. What program 0.1.0 left (send-log-<login>.bin) is read when the first is not there
// yet, locked as that program does it, and never written.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::files {
class file_worker;
}

namespace tiktok2twitch::twitch {

class send_log {
public:
    struct opened;
    // Takes the lock and reads. `worker`, which must outlive the log: who writes; none: append() does, at
    // once. A log that cannot be used is one that keeps nothing and starts cautiously; `trouble` says why.
    static opened open(const std::string& directory, const std::string& login,
                       files::file_worker* worker = nullptr);
    // Keeps nothing: for dry runs and replays.
    static send_log in_memory();

    send_log(send_log&&) noexcept;
    send_log& operator=(send_log&&) noexcept;
    ~send_log();

    // Sends of the last `window` as seen from `now`, oldest first: by the boot clock if the machine has not
    // rebooted since, else by the wall clock, a future one counted as now. Never throws.
    std::vector<core::time_point> recent(core::time_point now, core::unix_ms wall_now,
                                         core::duration window) const;
    // Sends of the last `window` may be unknown: start cautiously.
    bool damaged(core::unix_ms wall_now, core::duration window) const noexcept;

    // `failed` is told on the worker's owner's thread, or at once.
    void append(core::time_point now, core::unix_ms wall_now, std::function<void(core::error_code)> failed);
    // Calls `then` as soon as all that the worker was given is written. False: there is nothing to wait for,
    // or no place in the queue, and it is not called.
    bool after_writing(std::function<void()> then);

private:
    struct impl;
    explicit send_log(std::unique_ptr<impl> impl);
    std::unique_ptr<impl> impl_;
};

struct send_log::opened {
    send_log log;
    // errc::account_in_use: `holder` is the process that has the lock, 0 if it does not say. Everything else
    // concerns `path`, and the log works in memory: the system's, or errc::state_file_newer.
    core::error_code trouble;
    std::string path;
    int holder = 0;
    bool mended = false;  // it was damaged; what is whole is used
};

}  // namespace tiktok2twitch::twitch
