// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Which TikTok accounts are wanted, which are being watched, and what became of them. Pure: rooms.hpp starts
// and stops what this table names.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tiktok2twitch/app/intake.hpp"
#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::app {

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

}  // namespace tiktok2twitch::app
