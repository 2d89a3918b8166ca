// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The two files of one TikTok account in the state directory of one Twitch login: which messages its routes
// are done with, and how far gift streaks were told. Blocking: on the file worker's thread. What program
// 0.1.0 has left there (seen-USER.log, gifts-USER.log) is read when the new files are not there yet, and
// never written.

#include <string>
#include <vector>

#include "files/record_file.hpp"
#include "tiktok/seen_notes.hpp"
#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::app {

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
