// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The files of the state directory that remember messages and gift streaks, of one Twitch login and by TikTok
// account, and what Twitch moderators muted and blocked, by channel. On the egress loop, which never
// waits for the disk: a worker writes. What is noted is written in the order of the calls, after flush(); a
// disk that fails, or hangs, costs the memory and never the relay: it is said once and the show goes on.

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tiktok2twitch/app/service/room_files.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"
#include "tiktok2twitch/files/file_worker.hpp"
#include "tiktok2twitch/relay/moderation/moderation.hpp"
#include "tiktok2twitch/tiktok/room/message_memory.hpp"

namespace tiktok2twitch::app {

class state_files {
public:
    explicit state_files(files::file_worker::carrier to_owner);

    // Makes the directory (0700) when it is missing, and checks that it can be written.
    static core::error_code make_directory(const std::string& directory);

    // The same, and starts the worker. Without this call nothing is kept (dry runs). `login`: the account
    // whose lock the caller takes before anything else is called.
    core::error_code use_directory(const std::string& directory, const std::string& login);
    // None in a dry run.
    files::file_worker* worker() noexcept { return worker_.get(); }

    struct kept {
        egress::pipeline::done_before done;  // what some of the routes still have to say
        std::string streaks;                 // notes for pipeline::restore_streaks
    };
    // What is known of an account whose routes go to these channels; fills `memory`. Once per start of a
    // room.
    kept open(const std::string& unique_id, const std::vector<std::string>& channels,
              tiktok::message_memory& memory);
    // Its routes from now on. Nothing when it was not opened.
    void set_routes(const std::string& unique_id, const std::vector<std::string>& channels);

    void mark(const std::vector<egress::seen_mark>& marks);
    void mark_history(const std::string& unique_id, std::int64_t msg_id, core::unix_ms created_at);
    void mark_alive(const std::string& unique_id, std::int64_t room_id, core::unix_ms at);
    void note(const std::map<std::string, std::string>& notes_by_room);
    // To be called before a line goes out that what was noted is about, and at the end of each step.
    void flush();
    // At the end of a process that cannot wait for long.
    void flush_now();

    // Mutes and blocks of an earlier process; empty when there are none, or none that can be read.
    relay::moderation load_moderation(const std::string& channel, core::time_point now, core::unix_ms wall);
    void save_moderation(const std::string& channel, const std::string& text);

private:
    struct open_room {
        std::shared_ptr<room_files> files;  // the worker's
        std::vector<std::string> channels;
        core::unix_ms floor = 0;  // as last noted
        std::string seen;         // records that wait for flush()
        std::string streaks;
    };

    template <class Work>
    auto ask(Work work);
    std::string moderation_path(const std::string& channel) const;
    core::result<std::string> read_moderation(const std::string& path);
    void submit(const std::string& key, const std::string& what, const std::string& path,
                files::file_worker::job work, std::size_t bytes);
    void report(const std::string& key, const std::string& what, const std::string& path,
                const core::error_code& error);
    void lock_routes(const std::string& unique_id, const std::vector<std::string>& channels);

    files::file_worker::carrier to_owner_;
    std::string directory_;
    std::string login_;
    std::chrono::milliseconds patience_;
    std::map<std::string, open_room> rooms_;
    std::set<std::string> dirty_;  // rooms with something to write
    std::set<std::string> newer_;  // channels whose file is of a later version
    std::set<std::string> failing_;
    std::shared_ptr<route_locks> locks_;          // the worker's
    std::unique_ptr<files::file_worker> worker_;  // last: its end comes first
};

}  // namespace tiktok2twitch::app
