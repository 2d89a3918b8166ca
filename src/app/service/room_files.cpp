// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/room_files.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstdint>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/files/advice.hpp"
#include "tiktok2twitch/files/posix_file.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/relay/story/room_story.hpp"

namespace tiktok2twitch::app {
namespace {

// FNV-1a. Two routes with one byte would be one route; there are a few thousand at most.
off_t place_of(const std::string& route) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : route)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return static_cast<off_t>(hash >> 2);
}

struct flock byte_at(const std::string& route, short type) {
    struct flock out {};
    out.l_type = type;
    out.l_whence = SEEK_SET;
    out.l_start = place_of(route);
    out.l_len = 1;
    return out;
}

}  // namespace

core::result<int> route_locks::take(const std::string& route) {
    if (!file_) {
        auto opened = files::open_plain(path_, O_RDWR | O_CREAT);
        if (!opened)
            return opened.error();
        file_ = std::move(*opened);
    }
    auto wanted = byte_at(route, F_WRLCK);
    if (::fcntl(file_.get(), F_SETLK, &wanted) == 0)
        return 0;
    if (errno != EAGAIN && errno != EACCES)
        return files::last_error();
    wanted = byte_at(route, F_WRLCK);
    if (::fcntl(file_.get(), F_GETLK, &wanted) != 0)
        return files::last_error();
    // It may have been let go in between; then the next start finds nothing.
    return wanted.l_type == F_UNLCK ? 0 : wanted.l_pid;
}

void route_locks::release(const std::string& route) {
    auto byte = byte_at(route, F_UNLCK);
    if (file_)
        ::fcntl(file_.get(), F_SETLK, &byte);
}

namespace {

constexpr files::record_kind seen_kind{"messages", 1};
constexpr files::record_kind streaks_kind{"gifts", 1};
constexpr std::string_view may_repeat = "messages of this room's last minutes may be said again";
constexpr std::string_view may_miscount = "a gift streak may be told twice or not at all";

std::string records_of(const std::vector<std::string>& texts) {
    std::string out;
    for (const auto& text : texts)
        files::append_record(out, text);
    return out;
}

std::string lines_of(const std::vector<std::string_view>& texts) {
    std::string out;
    for (const auto text : texts)
        out.append(text).append("\n");
    return out;
}

std::string compact_seen(const std::vector<std::string_view>& texts) {
    return records_of(tiktok::compact_seen_notes(tiktok::parse_seen_notes(texts), net::wall_now()));
}

std::string compact_streaks(const std::vector<std::string_view>& texts) {
    return as_records(relay::room_story::compact(lines_of(texts)));
}

std::string path_of(const std::string& directory, std::string_view what, const std::string& login,
                    const std::string& unique_id) {
    // Encoded: a handle is no path, whoever wrote it. A login has no '-'.
    return directory + "/" + std::string(what) + login + "-" + core::percent_encode(unique_id) + ".rec";
}

// The file of 0.1.0; empty when there is none, or none that can be read.
std::string read_old(const std::string& path, std::string_view what_may_come, room_files::contents& out) {
    auto text = files::read_file(path, files::record_file::most_read);
    if (text)
        return *std::move(text);
    if (text.error() != boost::system::errc::no_such_file_or_directory)
        out.sentences.push_back(unusable_file(text.error(), path, what_may_come));
    return {};
}

}  // namespace

std::string as_records(std::string_view lines) {
    std::string out;
    for (auto end = lines.find('\n'); end != std::string_view::npos; end = lines.find('\n')) {
        files::append_record(out, lines.substr(0, end));
        lines.remove_prefix(end + 1);
    }
    return out;
}

room_files::room_files(const std::string& directory, const std::string& login, const std::string& unique_id)
    : old_seen_(directory + "/seen-" + core::percent_encode(unique_id) + ".log"),
      old_streaks_(directory + "/gifts-" + core::percent_encode(unique_id) + ".log"),
      seen_(path_of(directory, "messages-", login, unique_id), seen_kind, compact_seen),
      streaks_(path_of(directory, "gifts-", login, unique_id), streaks_kind, compact_streaks) {}

room_files::contents room_files::load(const std::vector<std::string>& channels) {
    contents out;
    load_seen(channels, out);
    load_streaks(out);
    return out;
}

void room_files::load_seen(const std::vector<std::string>& channels, contents& out) {
    const auto found = seen_.load();
    if (!found) {
        out.seen_unusable = true;
        out.sentences.push_back(unusable_file(found.error(), seen_.path(), may_repeat));
    } else if (found->exists) {
        if (auto said = file_trouble(found->records, seen_.path(), may_repeat); !said.empty())
            out.sentences.push_back(std::move(said));
        out.seen = tiktok::parse_seen_notes(found->records.texts);
    } else {
        out.seen = tiktok::parse_old_journal(read_old(old_seen_, may_repeat, out), net::wall_now());
    }
    const bool taken_over = found && !found->exists && (!out.seen.ids.empty() || out.seen.room_id != 0);
    const bool other_routes = out.seen.routes != channels;
    out.seen.use(channels);
    // Failures show at the first write in earnest.
    if (taken_over)
        seen_.append(records_of(tiktok::compact_seen_notes(out.seen, net::wall_now())));
    else if (other_routes)
        seen_.append(records_of({tiktok::routes_note(channels)}));
}

void room_files::load_streaks(contents& out) {
    const auto found = streaks_.load();
    if (!found) {
        out.streaks_unusable = true;
        out.sentences.push_back(unusable_file(found.error(), streaks_.path(), may_miscount));
    } else if (found->exists) {
        if (auto said = file_trouble(found->records, streaks_.path(), may_miscount); !said.empty())
            out.sentences.push_back(std::move(said));
        out.streaks = lines_of(found->records.texts);
    } else if (auto old = read_old(old_streaks_, may_miscount, out);
               !old.empty() && relay::room_story::can_read(old)) {
        out.streaks = relay::room_story::compact(old);
        streaks_.append(as_records(out.streaks));
    }
}

}  // namespace tiktok2twitch::app
