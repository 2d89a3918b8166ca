// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Writes down what comes over the sockets (recording.hpp), for a replay or a report. A thread of its own
// waits for the disk; a disk that hangs fills a bounded queue, and what does not fit is counted and said.
//
// open() first, on any thread; then on_frame() on one thread, the ingest loop. The end writes what still
// waits, for two seconds at most.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/tiktok/recording/pseudonyms.hpp"
#include "tiktok2twitch/tiktok/wire/recording.hpp"

namespace tiktok2twitch::files {
class file_worker;
}

namespace tiktok2twitch::tiktok {

struct recording_target {
    std::string path;  // of one room; each of several has the room in its name
    bool anonymous = false;
    bool keep_texts = false;  // of an anonymous one
};

class recorder {
public:
    recorder(std::vector<recording_target> targets, pseudonym_key key);
    ~recorder();
    recorder(const recorder&) = delete;
    recorder& operator=(const recorder&) = delete;

    struct failure {
        std::string path;
        core::error_code why;
    };
    // Creates the files of these rooms; nothing when all went well. A room that comes later gets its own.
    std::unique_ptr<failure> open(const std::vector<std::string>& rooms);

    // One WebSocket message of a room, as it came. Never blocks.
    void on_frame(const std::string& room, std::string_view way, bool text, std::string_view bytes,
                  core::time_point now);

private:
    struct series;
    std::shared_ptr<series> make_series(const recording_target& target, const std::string& room,
                                        bool only_room) const;
    struct room_files {
        core::time_point start;
        bool started = false;
        std::vector<std::shared_ptr<series>> files;  // the worker's
    };
    room_files& files_of(const std::string& room);

    std::vector<recording_target> targets_;
    pseudonym_key key_;
    std::map<std::string, room_files> rooms_;
    std::unique_ptr<files::file_worker> worker_;  // last: its end comes first
};

}  // namespace tiktok2twitch::tiktok
