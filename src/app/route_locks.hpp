// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Which routes the relays of one state directory carry, so that two of them that carry the same one, as two
// accounts, can be told apart from two that share nothing. One file with nothing in it: each route locks one
// byte, and the system lets go of it with the process. Blocking: on the file worker's thread.

#include <set>
#include <string>

#include "files/posix_file.hpp"

namespace tiktok2twitch::app {

class route_locks {
public:
    explicit route_locks(std::string directory) : path_(std::move(directory) + "/routes.lock") {}

    // 0: the route is this process's now; else the process whose it is. Errors: the system's.
    core::result<int> take(const std::string& route);
    void release(const std::string& route);

    const std::string& path() const noexcept { return path_; }

private:
    std::string path_;
    files::descriptor file_{-1};  // the only one of this file: to close another would let go of all locks
};

}  // namespace tiktok2twitch::app
