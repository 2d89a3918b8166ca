// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The files of the state directory that remember messages, one per TikTok account, and what Twitch
// moderators muted and blocked, one per channel; on the egress loop. A disk that fails costs the memory,
// never the relay: it is said once and the show goes on.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/streak_journal.hpp"
#include "tiktok2twitch/app/pipeline.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/relay/moderation.hpp"
#include "tiktok2twitch/tiktok/client/message_journal.hpp"
#include "tiktok2twitch/tiktok/message_memory.hpp"

namespace tiktok2twitch::app {

class state_files {
public:
    // Creates the directory (0700) when missing and checks that it can be written. Without this call
    // nothing is kept (dry runs).
    core::error_code use_directory(const std::string& directory);

    // Opens the journal of an account and fills `memory` from it.
    void open(const std::string& unique_id, tiktok::message_memory& memory);

    void mark(const std::vector<seen_mark>& marks);
    void mark_history(const std::string& unique_id, std::int64_t msg_id, core::unix_ms created_at);
    void mark_alive(const std::string& unique_id, std::int64_t room_id, core::unix_ms at);

    // The notes of the account's gift streaks; opens their journal. To be called once per start of a room.
    std::string open_streaks(const std::string& unique_id);
    void note(const std::map<std::string, std::string>& notes_by_room);

    // Mutes and blocks of an earlier process; empty when there are none, or none that can be read.
    relay::moderation load_moderation(const std::string& channel, core::time_point now, core::unix_ms wall);
    void save_moderation(const std::string& channel, const std::string& text);

private:
    std::string moderation_path(const std::string& channel) const;
    tiktok::message_journal* find(const std::string& unique_id);
    void report(const std::string& unique_id, const core::error_code& error);
    void report_streaks(const std::string& unique_id, const core::error_code& error);

    std::string directory_;
    std::map<std::string, tiktok::message_journal> journals_;
    std::map<std::string, streak_journal> streaks_;
    std::map<std::string, core::unix_ms> floors_;  // as last written
    std::set<std::string> failing_;
};

}  // namespace tiktok2twitch::app
