// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/client/message_journal.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <utility>

#include "tiktok/journal_record.hpp"
#include "tiktok2twitch/core/url.hpp"

namespace tiktok2twitch::tiktok {
namespace {

// compact_after records of the longest kind have about 6 MB. A file that is larger was not written by
// us alone; its end is what matters.
constexpr std::uint64_t max_loaded_bytes = 16 * 1024 * 1024;

core::error_code last_error() {
    return {errno, boost::system::system_category()};
}

core::error_code write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return last_error();
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

core::error_code read_from(int file, std::uint64_t offset, std::string& out) {
    std::size_t used = 0;
    while (true) {
        if (used == out.size())
            out.resize(out.size() + 64 * 1024);
        const ssize_t count =
            ::pread(file, out.data() + used, out.size() - used, static_cast<off_t>(offset + used));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return last_error();
        if (count == 0)
            break;
        used += static_cast<std::size_t>(count);
    }
    out.resize(used);
    return {};
}

core::error_code sync_directory_of(const std::string& path) {
    const std::string directory = path.substr(0, path.rfind('/') + 1);
    const int file = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0)
        return last_error();
    const core::error_code error = ::fsync(file) == 0 ? core::error_code() : last_error();
    ::close(file);
    return error;
}

// The whole new text is on the disk before it takes the old file's place.
core::error_code replace_file(const std::string& path, std::string_view text) {
    const std::string temporary = path + ".tmp";
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        return last_error();
    core::error_code error = write_all(file, text);
    if (!error && ::fsync(file) != 0)
        error = last_error();
    ::close(file);
    if (!error && std::rename(temporary.c_str(), path.c_str()) != 0)
        error = last_error();
    if (error) {
        ::unlink(temporary.c_str());
        return error;
    }
    return sync_directory_of(path);
}

int open_journal(const std::string& path) {
    return ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
}

}  // namespace

core::result<message_journal> message_journal::open(const std::string& directory, std::string_view unique_id,
                                                    message_memory& memory) {
    // Encoded: a handle is no path, whoever wrote it.
    message_journal out(directory + "/seen-" + core::percent_encode(unique_id) + ".log");
    out.file_ = open_journal(out.path_);
    if (out.file_ < 0)
        return last_error();
    if (const core::error_code error = out.load(memory))
        return error;
    return out;
}

core::error_code message_journal::load(message_memory& memory) {
    struct stat status {};
    if (::fstat(file_, &status) != 0)
        return last_error();
    const auto size = static_cast<std::uint64_t>(status.st_size);
    const std::uint64_t begin = size - std::min(size, max_loaded_bytes);
    std::string bytes;
    if (const core::error_code error = read_from(file_, begin, bytes))
        return error;
    const journal_content content = parse_journal(bytes);
    for (const std::int64_t id : content.ids)
        memory.restore_id(id);
    if (content.floor != 0)
        memory.restore_floor(content.floor);
    if (content.room_id != 0)
        memory.restore_alive(content.room_id, content.alive_at);
    records_ = content.records;
    size_ = begin + content.whole_bytes;
    // A torn last record goes, so that the next one starts a line of its own.
    if (size_ != size && ::ftruncate(file_, static_cast<off_t>(size_)) != 0)
        return last_error();
    return begin == 0 ? core::error_code() : compact();
}

message_journal::message_journal(message_journal&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      size_(other.size_),
      records_(other.records_),
      compact_at_(other.compact_at_) {}

message_journal& message_journal::operator=(message_journal&& other) noexcept {
    if (this != &other) {
        close_file();
        path_ = std::move(other.path_);
        file_ = std::exchange(other.file_, -1);
        size_ = other.size_;
        records_ = other.records_;
        compact_at_ = other.compact_at_;
    }
    return *this;
}

message_journal::~message_journal() {
    close_file();
}

void message_journal::close_file() noexcept {
    if (file_ >= 0)
        ::close(std::exchange(file_, -1));
}

core::error_code message_journal::append_seen(std::int64_t msg_id) {
    return append(seen_record(msg_id));
}

core::error_code message_journal::append_alive(std::int64_t room_id, core::unix_ms at) {
    return append(alive_record(room_id, at));
}

core::error_code message_journal::append_floor(core::unix_ms floor) {
    return append(floor_record(floor));
}

core::error_code message_journal::append(const std::string& line) {
    if (const core::error_code error = write_all(file_, line)) {
        // Half a record would swallow the next one. Should this fail too, the next start skips the line.
        if (::ftruncate(file_, static_cast<off_t>(size_)) != 0)
            return last_error();
        return error;
    }
    size_ += line.size();
    ++records_;
    return records_ >= compact_at_ ? compact() : core::error_code();
}

core::error_code message_journal::compact() {
    // Should it fail now, the next attempt comes after as many records again.
    compact_at_ = records_ + compact_after;
    std::string bytes;
    if (const core::error_code error = read_from(file_, size_ - std::min(size_, max_loaded_bytes), bytes))
        return error;
    const std::string text = compact_journal(parse_journal(bytes), message_memory::max_ids);
    if (const core::error_code error = replace_file(path_, text))
        return error;
    const int fresh = open_journal(path_);
    if (fresh < 0)
        return last_error();
    close_file();
    file_ = fresh;
    size_ = text.size();
    records_ = parse_journal(text).records;
    compact_at_ = compact_after;
    return {};
}

}  // namespace tiktok2twitch::tiktok
