// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// When the account last spoke, on disk, so that a restart cannot exceed Twitch's window. A fixed-size file
// of send times, preallocated (a full disk cannot stop it), one pwrite before each PRIVMSG.

#include <memory>
#include <string>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::twitch {

class send_log {
public:
    // Opens or creates `directory`/send-log-<login>.bin and takes an exclusive advisory lock on it.
    // Errors: errc::account_in_use (another process sends as this account), or the system's.
    static core::result<send_log> open(const std::string& directory, const std::string& login);
    // Keeps nothing: for dry runs and replays.
    static send_log in_memory();

    send_log(send_log&&) noexcept;
    send_log& operator=(send_log&&) noexcept;
    ~send_log();

    // Sends of the last `window` as seen from `now`, oldest first: monotonic times if the machine has not
    // rebooted since, else from the wall clock, a future one counted as now. Never throws.
    std::vector<core::time_point> recent(core::time_point now, core::unix_ms wall_now,
                                         core::duration window) const;
    // The file existed but could not be understood: start cautiously.
    bool damaged() const noexcept;

    core::error_code append(core::time_point now, core::unix_ms wall_now);

private:
    struct impl;
    explicit send_log(std::unique_ptr<impl> impl);
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::twitch
