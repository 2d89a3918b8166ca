// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Which routes the relays of one state directory carry, so that two of them that carry the same one, as two
// accounts, can be told apart from two that share nothing. One file with nothing in it: each route locks one
// byte, and the system lets go of it with the process. Blocking: on the file worker's thread.

#include <set>
#include <string>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/files/posix_file.hpp"
#include "tiktok2twitch/files/record_file.hpp"
#include "tiktok2twitch/tiktok/room/seen_notes.hpp"

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

// The two files of one TikTok account in the state directory of one Twitch login: which messages its routes
// are done with, and how far gift streaks were told. Blocking: on the file worker's thread. What program
// 0.1.0 has left there (seen-USER.log, gifts-USER.log) is read when the new files are not there yet, and
// never written.

class room_files {
public:
    room_files(const std::string& directory, const std::string& login, const std::string& unique_id);

    struct contents {
        tiktok::seen_notes seen;
        std::string streaks;  // notes for relay::room_story
        bool seen_unusable = false;
        bool streaks_unusable = false;
        std::vector<std::string> sentences;  // what a person should know, each once
    };
    // `channels`: the routes of the account from now on.
    contents load(const std::vector<std::string>& channels);

    // Made with files::append_record().
    core::error_code append_seen(const std::string& records) { return seen_.append(records); }
    core::error_code append_streaks(const std::string& records) { return streaks_.append(records); }

    const std::string& seen_path() const noexcept { return seen_.path(); }
    const std::string& streaks_path() const noexcept { return streaks_.path(); }

private:
    void load_seen(const std::vector<std::string>& channels, contents& out);
    void load_streaks(contents& out);

    std::string old_seen_;
    std::string old_streaks_;
    files::record_file seen_;
    files::record_file streaks_;
};

// The lines of gift notes, each a record.
std::string as_records(std::string_view lines);

}  // namespace tiktok2twitch::app
