// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/client/send_log.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <utility>

#include "tiktok2twitch/files/file_worker.hpp"
#include "tiktok2twitch/files/posix_file.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/sending/sent_lines.hpp"

namespace tiktok2twitch::twitch {
namespace {

using files::descriptor;

constexpr std::size_t largest_file = 256 * 1024;  // ours have 40 KB
constexpr core::unix_ms always = -1;

// FNV-1a of the kernel's name for this boot.
std::uint64_t boot_tag() {
    std::ifstream in("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(in, id);
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : id)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return id.empty() ? 0 : hash;
}

core::error_code write_at(int fd, std::string_view bytes, std::size_t offset) {
    while (!bytes.empty()) {
        const auto written = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return files::last_error();
        bytes.remove_prefix(static_cast<std::size_t>(written));
        offset += static_cast<std::size_t>(written);
    }
    return {};
}

// A login is [a-z0-9_]; anything else must not leave the directory.
std::string plain(std::string login) {
    std::replace_if(
        login.begin(), login.end(),
        [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); }, '_');
    return login;
}

int holder_of(int lock) {
    char text[16] = {};
    const auto count = ::pread(lock, text, sizeof(text), 0);
    int pid = 0;
    if (count > 0)
        std::from_chars(text, text + count, pid);
    return pid;
}

// Both copies of a record. Outlives the log where the disk hangs.
struct ring_file {
    explicit ring_file(descriptor open) : file(std::move(open)) {}
    core::error_code write(const sent_line& line) const {
        const auto bytes = sent_record(line);
        if (const auto failed = write_at(file.get(), bytes, sent_record_at(line.sequence, false)))
            return failed;
        return write_at(file.get(), bytes, sent_record_at(line.sequence, true));
    }
    descriptor file;
};

}  // namespace

struct send_log::impl {
    descriptor lock{-1};
    descriptor old_lock{-1};          // of program 0.1.0
    std::shared_ptr<ring_file> ring;  // none: in memory only
    files::file_worker* worker = nullptr;
    std::uint64_t boot = 0;
    std::uint64_t next_sequence = 1;
    std::vector<sent_line> found;  // what an earlier process left
    // What is not known was sent by then at the latest; 0: all is known.
    core::unix_ms unknown_until = 0;

    core::error_code take_locks(const std::string& directory, const std::string& login, opened& out);
    core::error_code load(const std::string& directory, const std::string& login, opened& out);
    core::error_code read_into(const std::string& path, bool old, opened& out);
};

core::error_code send_log::impl::take_locks(const std::string& directory, const std::string& login,
                                            opened& out) {
    const auto hold = [&out](descriptor& file) -> core::error_code {
        if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0)
            return {};
        if (errno != EWOULDBLOCK)
            return files::last_error();
        out.holder = holder_of(file.get());
        return make_error_code(errc::account_in_use);
    };
    out.path = directory + "/send-log-" + login + ".bin";
    if (auto file = files::open_plain(out.path, O_RDWR)) {
        old_lock = std::move(*file);
        if (const auto failed = hold(old_lock)) {
            out.holder = 0;  // what that program has in it is no number
            return failed;
        }
    }
    out.path = directory + "/account-" + login + ".lock";
    auto file = files::open_plain(out.path, O_RDWR | O_CREAT);
    if (!file)
        return file.error();
    lock = std::move(*file);
    if (const auto failed = hold(lock))
        return failed;
    const auto pid = std::to_string(::getpid()) + "\n";
    return ::ftruncate(lock.get(), 0) == 0 ? write_at(lock.get(), pid, 0) : files::last_error();
}

core::error_code send_log::impl::read_into(const std::string& path, bool old, opened& out) {
    const auto text = files::read_file(path, largest_file);
    if (!text)
        return text.error();
    struct stat info {};
    const bool dated = ::stat(path.c_str(), &info) == 0;
    const auto slept = std::chrono::nanoseconds(net::slept()).count();
    const auto read = old ? read_old_send_log(*text, slept) : read_sent_lines(*text);
    if (read.newer)
        return make_error_code(errc::state_file_newer);
    found = read.lines;
    out.mended = read.mended;
    if (read.unknown)
        unknown_until = dated ? core::unix_ms{info.st_mtim.tv_sec} * 1000 + 999 : always;
    return {};
}

core::error_code send_log::impl::load(const std::string& directory, const std::string& login, opened& out) {
    const auto path = directory + "/sent-" + login + ".bin";
    out.path = path;
    auto failed = read_into(path, false, out);
    const bool fresh = failed == boost::system::errc::no_such_file_or_directory;
    if (failed == boost::system::errc::file_too_large)
        unknown_until = always;
    else if (failed && !fresh)
        return failed;
    if (fresh) {
        const auto old = directory + "/send-log-" + login + ".bin";
        failed = read_into(old, true, out);
        out.mended = false;  // and stays as it is
        if (failed && failed != boost::system::errc::no_such_file_or_directory)
            unknown_until = always;
    }
    if (!found.empty())
        next_sequence = found.back().sequence + 1;
    if (fresh || out.mended || unknown_until != 0)
        if (const auto unwritten = files::replace_file(path, write_sent_lines(found)))
            return unwritten;
    auto file = files::open_plain(path, O_RDWR);
    if (!file)
        return file.error();
    ring = std::make_shared<ring_file>(std::move(*file));
    return {};
}

send_log::send_log(std::unique_ptr<impl> state) : impl_(std::move(state)) {}
send_log::send_log(send_log&&) noexcept = default;
send_log& send_log::operator=(send_log&&) noexcept = default;
send_log::~send_log() = default;

send_log::opened send_log::open(const std::string& directory, const std::string& login,
                                files::file_worker* worker) {
    opened out{send_log(std::make_unique<impl>()), {}, {}, 0, false};
    auto& state = *out.log.impl_;
    state.worker = worker;
    state.boot = boot_tag();
    const auto name = plain(login);
    out.trouble = state.take_locks(directory, name, out);
    if (out.trouble == errc::account_in_use)
        return out;
    // Without a lock the log is as good as ever.
    const auto lock_path = out.path;
    if (const auto failed = state.load(directory, name, out)) {
        state.unknown_until = always;
        out.trouble = failed;
    } else if (out.trouble) {
        out.path = lock_path;
    }
    return out;
}

send_log send_log::in_memory() {
    return send_log(std::make_unique<impl>());
}

std::vector<core::time_point> send_log::recent(core::time_point now, core::unix_ms wall_now,
                                               core::duration window) const {
    std::vector<core::time_point> out;
    for (const auto& item : impl_->found) {
        auto at = now;
        if (item.boot == impl_->boot && item.boot != 0) {
            at = core::time_point(std::chrono::nanoseconds(item.boot_clock));
        } else if (item.wall < wall_now) {
            const auto limit = std::chrono::duration_cast<std::chrono::milliseconds>(window).count();
            if (wall_now - item.wall >= limit)
                continue;
            at = now - std::chrono::milliseconds(wall_now - item.wall);
        }
        at = std::min(at, now);
        if (at > now - window)
            out.push_back(at);
    }
    std::sort(out.begin(), out.end());
    return out;
}

bool send_log::damaged(core::unix_ms wall_now, core::duration window) const noexcept {
    const auto until = impl_->unknown_until;
    const auto limit = std::chrono::duration_cast<std::chrono::milliseconds>(window).count();
    return until == always || (until != 0 && wall_now - until < limit);
}

void send_log::append(core::time_point now, core::unix_ms wall_now,
                      std::function<void(core::error_code)> failed) {
    if (!impl_->ring)
        return;
    const sent_line line{impl_->next_sequence++, impl_->boot,
                         std::chrono::nanoseconds(now.time_since_epoch()).count(), wall_now};
    if (impl_->worker == nullptr)
        return failed(impl_->ring->write(line));
    const auto full = make_error_code(boost::system::errc::timed_out);
    if (!impl_->worker->submit([ring = impl_->ring, line] { return ring->write(line); }, failed))
        failed(full);
}

bool send_log::after_writing(std::function<void()> then) {
    return impl_->worker != nullptr &&
           impl_->worker->submit([] { return core::error_code(); },
                                 [then = std::move(then)](core::error_code) { then(); });
}

}  // namespace tiktok2twitch::twitch
