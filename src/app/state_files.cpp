// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "app/state_files.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "files/posix_file.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/url.hpp"

namespace tiktok2twitch::app {
namespace {

// All mutes and blocks at their longest take a third of this.
constexpr std::size_t largest_moderation = std::size_t{1024} * 1024;

}  // namespace

core::error_code state_files::use_directory(const std::string& directory) {
    if (const auto failed = files::make_directories(directory))
        return failed;
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

std::string state_files::open_streaks(const std::string& unique_id) {
    if (directory_.empty())
        return {};
    auto opened = streak_journal::open(directory_, unique_id);
    if (!opened) {
        report_streaks(unique_id, opened.error());
        return {};
    }
    if (opened->was_other_version())
        core::log(core::log_level::warning, "state",
                  "@" + unique_id + ": " + opened->path() +
                      " was written by another version of this program. It is kept as *.other-version; gift "
                      "streaks of that run may be told twice.");
    auto notes = opened->take_notes();
    streaks_.insert_or_assign(unique_id, std::move(*opened));
    return notes;
}

void state_files::note(const std::map<std::string, std::string>& notes_by_room) {
    for (const auto& [unique_id, notes] : notes_by_room)
        if (const auto found = streaks_.find(unique_id); found != streaks_.end())
            report_streaks(unique_id, found->second.append(notes));
}

relay::moderation state_files::load_moderation(const std::string& channel, core::time_point now,
                                               core::unix_ms wall) {
    if (directory_.empty())
        return {};
    const auto path = moderation_path(channel);
    const auto text = files::read_file(path, largest_moderation);
    if (!text) {
        if (text.error() != boost::system::errc::no_such_file_or_directory)
            core::log(core::log_level::warning, "state",
                      "cannot read " + path + ": " + text.error().message() + ". Mutes and blocks of #" +
                          channel + " start empty.");
        return {};
    }
    auto state = relay::moderation::parse(*text, now, wall);
    if (state)
        return std::move(*state);
    // The next command would overwrite it: kept aside, for people.
    const auto aside = path + ".damaged";
    std::rename(path.c_str(), aside.c_str());
    core::log(core::log_level::warning, "state",
              "#" + channel + ": " + core::explain(state.error()) + " The file is now " + aside + ".");
    return {};
}

void state_files::save_moderation(const std::string& channel, const std::string& text) {
    if (directory_.empty())
        return;
    const auto key = "#" + channel;
    const auto error = files::replace_file(moderation_path(channel), text);
    if (!error)
        failing_.erase(key);
    else if (failing_.insert(key).second)
        core::log(core::log_level::warning, "state",
                  "mutes and blocks of " + key + " cannot be saved: " + error.message() +
                      ". They hold until the relay ends. Free some space in " + directory_ + ".");
}

std::string state_files::moderation_path(const std::string& channel) const {
    return directory_ + "/moderation-" + core::percent_encode(channel) + ".json";
}

tiktok::message_journal* state_files::find(const std::string& unique_id) {
    const auto found = journals_.find(unique_id);
    return found == journals_.end() ? nullptr : &found->second;
}

void state_files::report_streaks(const std::string& unique_id, const core::error_code& error) {
    const auto key = "gifts of @" + unique_id;
    if (!error)
        failing_.erase(key);
    else if (failing_.insert(key).second)
        core::log(
            core::log_level::warning, "state",
            "the " + key + " cannot be noted: " + error.message() +
                ". The relay goes on; after a restart it may tell a gift streak twice or lose one. Free "
                "some space in " +
                directory_ + ".");
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
