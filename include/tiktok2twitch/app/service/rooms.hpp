// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The TikTok rooms of the relay: which are read, what comes from them, and what became of them. Owns the
// ingest thread and the queue from it; everything here is called on the egress loop.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tiktok2twitch/app/service/deletions.hpp"
#include "tiktok2twitch/app/service/ingest.hpp"
#include "tiktok2twitch/app/service/outbound.hpp"
#include "tiktok2twitch/app/service/room_news.hpp"
#include "tiktok2twitch/app/service/run_context.hpp"

namespace tiktok2twitch::app {

// Which accounts are wanted, which are being read, and what became of them. Pure: `rooms` starts and stops
// what this table names.
class room_table {
public:
    // A route needs this account; several routes may.
    void want(const std::string& name);
    // A route needs it no more. The watcher to stop, when that was the last one and it is watched.
    std::optional<room_index> unwant(const std::string& name);

    // Accounts to watch from now on, with their new numbers. One whose former watcher still runs waits for
    // its end; one that ended by itself does not come back.
    std::vector<std::pair<room_index, std::string>> startable();
    void ended(room_index index, bool hopeless);
    // TikTok does not know this account, and says so again and again; or it does by now.
    void missing(room_index index, bool now_missing);
    // Of the accounts that are watched none is known to TikTok; there are some.
    bool only_missing_left() const noexcept;

    const std::string* name(room_index index) const noexcept;
    const std::map<room_index, std::string>& watched() const noexcept { return watched_; }
    // What was lost since the last call, from the running totals of a room.
    feed_counts new_losses(room_index index, const feed_counts& totals);
    // Every account that ended by itself did so because it cannot be watched.
    bool all_hopeless() const noexcept;

private:
    std::map<std::string, int> wanted_;  // routes that need it
    std::map<room_index, std::string> watched_;
    std::set<room_index> stopped_;  // by us; of those that are watched
    std::set<room_index> missing_;  // of those that are watched
    std::map<room_index, feed_counts> losses_;
    std::map<std::string, bool> finished_;  // ended by themselves; true: hopeless
    room_index next_ = 0;
};

class rooms {
public:
    // `on_end`: of a room, when all of it was taken in.
    rooms(run_context& run, outbound& out, deletions& removed, std::function<void()> on_end);

    // Starts the thread; before all else. `recorder` may be empty.
    void open(std::shared_ptr<tiktok::recorder> recorder);
    // With relay_settings::reads_input, after the first start(): lines are read from now on.
    void begin_input();
    // Ends it; every room must have ended.
    void close() { reader_.reset(); }

    // A route needs the room of this account, or needs it no more.
    void want(const std::string& tiktok) { table_.want(tiktok); }
    void unwant(const std::string& tiktok);
    // Reads the rooms that are wanted and not read yet. Nothing when the relay ends.
    void start();
    void stop() { reader_->stop(); }
    bool empty() const noexcept { return reader_->empty(); }

    // Takes in what the rooms have said.
    void drain();
    // There is nothing to read, and nothing to wait for.
    bool all_ended() const noexcept { return table_.watched().empty(); }
    bool all_hopeless() const noexcept { return table_.all_hopeless(); }
    std::vector<room_facts> facts(core::time_point now) const;

private:
    void take(intake_item item);
    void collect_lost(room_index index, const feed_counts& totals);
    void on_state(room_index index, const tiktok::room_report& report);
    void on_ended(room_index index, const ingest::room_end& end);
    void give_up_missing();
    std::string door_of(const std::string& tiktok) const;

    run_context& run_;
    outbound& out_;
    deletions& removed_;
    std::function<void()> on_end_;
    intake_queue queue_;
    room_table table_;
    std::map<std::string, room_news> news_;  // by account
    std::unique_ptr<ingest> reader_;
};

}  // namespace tiktok2twitch::app
