// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/state_files.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <iterator>
#include <utility>

#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/files/advice.hpp"
#include "tiktok2twitch/files/posix_file.hpp"
#include "tiktok2twitch/net/clock.hpp"

namespace tiktok2twitch::app {
namespace {

using core::log;
using core::log_level;

// All mutes and blocks at their longest take a third of this.
constexpr std::size_t largest_moderation = std::size_t{1024} * 1024;
// A room starts without its memory when the disk does not answer for so long. That costs repeats, at worst;
// who waited longer would miss Twitch's PING.
constexpr std::chrono::milliseconds load_patience(3000);
constexpr std::chrono::milliseconds less_patience(50);  // after that, until it answers again
constexpr std::chrono::milliseconds last_patience(300);

constexpr files::record_kind moderation_kind{"moderation", 1};

void warn(const std::string& text) {
    log(log_level::warning, "state", text);
}

std::string route_name(const std::string& unique_id, const std::string& channel) {
    return "@" + unique_id + " -> #" + channel;
}

}  // namespace

state_files::state_files(files::file_worker::carrier to_owner)
    : to_owner_(std::move(to_owner)), patience_(load_patience) {}

template <class Work>
auto state_files::ask(Work work) {
    auto found = worker_->ask(std::move(work), patience_);
    patience_ = found ? load_patience : less_patience;
    return found;
}

void state_files::flush_now() {
    flush();
    if (worker_)
        worker_->finish(last_patience);
}

core::error_code state_files::make_directory(const std::string& directory) {
    if (const auto failed = files::make_directories(directory))
        return failed;
    return access(directory.c_str(), W_OK | X_OK) == 0 ? core::error_code() : files::last_error();
}

core::error_code state_files::use_directory(const std::string& directory, const std::string& login) {
    if (const auto failed = make_directory(directory))
        return failed;
    directory_ = directory;
    login_ = login;
    locks_ = std::make_shared<route_locks>(directory);
    worker_ = std::make_unique<files::file_worker>(to_owner_);
    return {};
}

state_files::kept state_files::open(const std::string& unique_id, const std::vector<std::string>& channels,
                                    tiktok::message_memory& memory) {
    kept out;
    if (!worker_)
        return out;
    auto& room = rooms_[unique_id];
    room.files = std::make_shared<room_files>(directory_, login_, unique_id);
    room.channels = channels;
    lock_routes(unique_id, channels);
    auto loaded = ask([files = room.files, channels] { return files->load(channels); });
    if (!loaded) {
        warn("the disk of " + directory_ + " does not answer; @" + unique_id +
             " starts without its memory and may repeat messages of an earlier run");
        return out;
    }
    for (const auto& sentence : loaded->sentences)
        warn("@" + unique_id + ": " + sentence);
    // Said; what fails for the same reason is not said again.
    if (loaded->seen_unusable)
        failing_.insert(unique_id);
    if (loaded->streaks_unusable)
        failing_.insert("gifts of @" + unique_id);
    tiktok::route_mask all = 0;
    for (std::size_t i = 0; i < channels.size(); ++i)
        all |= tiktok::route_bit(i);
    for (const auto& seen : loaded->seen.ids) {
        if ((seen.done & all) == all) {
            memory.restore_id(seen.id);
            continue;
        }
        for (std::size_t i = 0; i < channels.size(); ++i)
            if ((seen.done & tiktok::route_bit(i)) != 0)
                out.done[seen.id].insert(channels[i]);
    }
    if (loaded->seen.floor != 0)
        memory.restore_floor(loaded->seen.floor);
    if (loaded->seen.room_id != 0)
        memory.restore_alive(loaded->seen.room_id, loaded->seen.alive_at);
    room.floor = memory.floor();
    out.streaks = std::move(loaded->streaks);
    return out;
}

// Two accounts may share a state directory; that both say the same in the same channel is a mistake.
void state_files::lock_routes(const std::string& unique_id, const std::vector<std::string>& channels) {
    for (const auto& channel : channels) {
        auto holder = std::make_shared<int>(0);
        worker_->submit(
            [locks = locks_, holder, route = route_name(unique_id, channel)]() -> core::error_code {
                const auto taken = locks->take(route);
                *holder = taken ? *taken : 0;
                return taken ? core::error_code() : taken.error();
            },
            [this, holder, route = route_name(unique_id, channel)](core::error_code failed) {
                if (failed && failing_.insert(locks_->path()).second)
                    warn(unusable_file(failed, locks_->path(),
                                       "nobody notices a second relay of the same route"));
                if (*holder != 0)
                    log(log_level::error, "state",
                        route + " is carried by another relay as well (process " + std::to_string(*holder) +
                            "): everything is said twice there. Stop one of the two.");
            });
    }
}

void state_files::set_routes(const std::string& unique_id, const std::vector<std::string>& channels) {
    const auto found = rooms_.find(unique_id);
    if (found == rooms_.end() || found->second.channels == channels)
        return;
    auto& room = found->second;
    for (const auto& channel : room.channels)
        if (std::ranges::find(channels, channel) == channels.end())
            worker_->submit([locks = locks_, route = route_name(unique_id, channel)] {
                locks->release(route);
                return core::error_code();
            });
    std::vector<std::string> added;
    std::ranges::copy_if(channels, std::back_inserter(added), [&room](const std::string& channel) {
        return std::ranges::find(room.channels, channel) == room.channels.end();
    });
    lock_routes(unique_id, added);
    room.channels = channels;
    files::append_record(room.seen, tiktok::routes_note(channels));
    dirty_.insert(unique_id);
}

void state_files::mark(const std::vector<egress::seen_mark>& marks) {
    const auto now = net::wall_now();
    for (const auto& mark : marks) {
        const auto found = rooms_.find(mark.tiktok);
        if (found == rooms_.end())
            continue;
        auto& room = found->second;
        const auto route = std::ranges::find(room.channels, mark.channel);
        if (route == room.channels.end())
            continue;  // it was removed since
        const auto bit = tiktok::route_bit(static_cast<std::size_t>(route - room.channels.begin()));
        files::append_record(room.seen, tiktok::seen_note(mark.msg_id, now, bit));
        dirty_.insert(mark.tiktok);
    }
}

void state_files::mark_history(const std::string& unique_id, std::int64_t msg_id, core::unix_ms created_at) {
    const auto found = rooms_.find(unique_id);
    if (found == rooms_.end())
        return;
    auto& room = found->second;
    files::append_record(room.seen, tiktok::seen_note(msg_id, net::wall_now(), tiktok::every_route));
    if (created_at > room.floor) {
        room.floor = created_at;
        files::append_record(room.seen, tiktok::floor_note(created_at));
    }
    dirty_.insert(unique_id);
}

void state_files::mark_alive(const std::string& unique_id, std::int64_t room_id, core::unix_ms at) {
    const auto found = rooms_.find(unique_id);
    if (found == rooms_.end())
        return;
    files::append_record(found->second.seen, tiktok::alive_note(room_id, at));
    dirty_.insert(unique_id);
}

void state_files::note(const std::map<std::string, std::string>& notes_by_room) {
    for (const auto& [unique_id, notes] : notes_by_room)
        if (const auto found = rooms_.find(unique_id); found != rooms_.end()) {
            found->second.streaks += as_records(notes);
            dirty_.insert(unique_id);
        }
}

void state_files::flush() {
    for (const auto& unique_id : std::exchange(dirty_, {})) {
        auto& room = rooms_.at(unique_id);
        if (auto records = std::exchange(room.seen, {}); !records.empty()) {
            const auto bytes = records.size();
            submit(
                unique_id, "the message memory of @" + unique_id, room.files->seen_path(),
                [files = room.files, records = std::move(records)] { return files->append_seen(records); },
                bytes);
        }
        if (auto records = std::exchange(room.streaks, {}); !records.empty()) {
            const auto bytes = records.size();
            submit(
                "gifts of @" + unique_id, "the gift streaks of @" + unique_id, room.files->streaks_path(),
                [files = room.files, records = std::move(records)] { return files->append_streaks(records); },
                bytes);
        }
    }
}

relay::moderation state_files::load_moderation(const std::string& channel, core::time_point now,
                                               core::unix_ms wall) {
    if (!worker_)
        return {};
    const auto outcome = "mutes and blocks of #" + channel + " start empty";
    const auto path = moderation_path(channel);
    auto read = read_moderation(path);
    const bool missing = !read && read.error() == boost::system::errc::no_such_file_or_directory;
    if (missing) {
        // Of 0.1.0, which knew no accounts.
        const auto old = directory_ + "/moderation-" + core::percent_encode(channel) + ".json";
        read = read_moderation(old);
        if (!read && read.error() != boost::system::errc::no_such_file_or_directory)
            warn(unusable_file(read.error(), old, outcome));
        if (!read)
            return {};
        auto state = relay::moderation::parse(*read, now, wall);
        if (!state)
            warn("#" + channel + ": " + old + ": " + core::explain(state.error()));
        return state ? std::move(*state) : relay::moderation();
    }
    if (!read) {
        warn(unusable_file(read.error(), path, outcome));
        return {};
    }
    const auto found = files::read_records(*read, moderation_kind);
    if (found.newer) {
        newer_.insert(channel);
        warn(newer_file(path, outcome));
        return {};
    }
    auto state = relay::moderation::parse(found.texts.empty() ? "" : found.texts.back(), now, wall);
    if (!state) {
        // The next command would overwrite it: kept aside, for people.
        const auto aside = path + ".damaged";
        const auto moved = ask([path, aside] {
            return std::rename(path.c_str(), aside.c_str()) == 0 ? core::error_code() : files::last_error();
        });
        warn("#" + channel + ": " + core::explain(state.error()) + " " + set_aside(moved, aside));
        return {};
    }
    if (!found.sound())
        warn(path + " was damaged; what is whole of it is used");
    return std::move(*state);
}

core::result<std::string> state_files::read_moderation(const std::string& path) {
    auto read = ask([path] { return files::read_file(path, largest_moderation); });
    if (!read)
        return make_error_code(boost::system::errc::timed_out);
    return *std::move(read);
}

void state_files::save_moderation(const std::string& channel, const std::string& text) {
    if (!worker_ || newer_.contains(channel))
        return;
    const auto path = moderation_path(channel);
    auto file = files::record_header(moderation_kind);
    files::append_record(file, files::json_record(text));
    const auto bytes = file.size();
    submit(
        "#" + channel, "what moderators of #" + channel + " have set", path,
        [path, file = std::move(file)] { return files::replace_file(path, file); }, bytes);
}

std::string state_files::moderation_path(const std::string& channel) const {
    return directory_ + "/moderation-" + login_ + "-" + core::percent_encode(channel) + ".rec";
}

void state_files::submit(const std::string& key, const std::string& what, const std::string& path,
                         files::file_worker::job work, std::size_t bytes) {
    const bool taken = worker_->submit(
        std::move(work),
        [this, key, what, path](core::error_code failed) { report(key, what, path, failed); }, bytes);
    if (!taken)
        report(key, what, path, make_error_code(boost::system::errc::timed_out));
}

void state_files::report(const std::string& key, const std::string& what, const std::string& path,
                         const core::error_code& error) {
    if (!error) {
        failing_.erase(key);
        return;
    }
    if (!failing_.insert(key).second)
        return;
    if (error == boost::system::errc::timed_out)
        warn("the disk of " + directory_ + " does not answer. The relay goes on; " + what +
             " is not kept over a restart until it does.");
    else
        warn(what + " cannot be written: " + unusable_file(error, path, "it is as it was before") + ".");
}

}  // namespace tiktok2twitch::app
