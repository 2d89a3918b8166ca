// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The TikTok rooms of the relay: which are read, what comes from them, and what became of them. Owns the
// ingest thread and the queue from it; everything here is called on the egress loop.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tiktok2twitch/app/ingest.hpp"
#include "tiktok2twitch/app/intake.hpp"
#include "tiktok2twitch/app/service/deletions.hpp"
#include "tiktok2twitch/app/service/outbound.hpp"
#include "tiktok2twitch/app/service/room_news.hpp"
#include "tiktok2twitch/app/service/room_table.hpp"
#include "tiktok2twitch/app/service/run_context.hpp"

namespace tiktok2twitch::app {

class rooms {
public:
    // `on_end`: of a room, when all of it was taken in. `broken`: by an error of this program.
    rooms(const run_context& run, outbound& out, deletions& removed, std::function<void(bool broken)> on_end);

    // Starts the thread; before all else.
    void open();
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

    const run_context& run_;
    outbound& out_;
    deletions& removed_;
    std::function<void(bool broken)> on_end_;
    intake_queue queue_;
    room_table table_;
    std::map<std::string, room_news> news_;  // by account
    std::unique_ptr<ingest> reader_;
};

}  // namespace tiktok2twitch::app
