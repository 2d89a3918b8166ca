// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "app/state_files.hpp"

#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::app {

core::error_code state_files::use_directory(const std::string& directory) {
    std::error_code failed;
    const bool created = std::filesystem::create_directories(directory, failed);
    if (failed)
        return {failed.value(), boost::system::system_category()};
    if (created)
        std::filesystem::permissions(directory, std::filesystem::perms::owner_all, failed);
    if (access(directory.c_str(), W_OK | X_OK) != 0)
        return {errno, boost::system::system_category()};
    directory_ = directory;
    return {};
}

void state_files::open(const std::string& unique_id, tiktok::message_memory& memory) {
    if (directory_.empty())
        return;
    auto opened = tiktok::message_journal::open(directory_, unique_id, memory);
    if (!opened)
        return report(unique_id, opened.error());
    floors_[unique_id] = memory.floor();
    journals_.insert_or_assign(unique_id, std::move(*opened));
}

void state_files::mark(const std::vector<seen_mark>& marks) {
    for (const auto& mark : marks)
        if (auto* journal = find(mark.tiktok))
            report(mark.tiktok, journal->append_seen(mark.msg_id));
}

void state_files::mark_history(const std::string& unique_id, std::int64_t msg_id, core::unix_ms created_at) {
    auto* journal = find(unique_id);
    if (journal == nullptr)
        return;
    report(unique_id, journal->append_seen(msg_id));
    if (auto& floor = floors_[unique_id]; created_at > floor) {
        floor = created_at;
        report(unique_id, journal->append_floor(floor));
    }
}

void state_files::mark_alive(const std::string& unique_id, std::int64_t room_id, core::unix_ms at) {
    if (auto* journal = find(unique_id))
        report(unique_id, journal->append_alive(room_id, at));
}

tiktok::message_journal* state_files::find(const std::string& unique_id) {
    const auto found = journals_.find(unique_id);
    return found == journals_.end() ? nullptr : &found->second;
}

void state_files::report(const std::string& unique_id, const core::error_code& error) {
    if (!error) {
        failing_.erase(unique_id);
        return;
    }
    if (failing_.insert(unique_id).second)
        core::log(core::log_level::warning, "state",
                  "the message memory of @" + unique_id + " cannot be written: " + error.message() +
                      ". The relay goes on; after a restart it may repeat messages. Free some space in " +
                      directory_ + ".");
}

}  // namespace tiktok2twitch::app
