// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/client/send_log.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <span>
#include <utility>

#include "files/posix_file.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {

namespace {

// The file: one header, then a ring of records. Host byte order: a state directory does not travel.
constexpr std::array<char, 8> magic{'T', '2', 'T', 'S', 'E', 'N', 'D', '\n'};
constexpr std::uint32_t version = 1;
constexpr std::uint32_t capacity = 512;  // many times what 32 s can hold (90)

struct file_header {
    std::array<char, 8> magic;
    std::uint32_t version;
    std::uint32_t capacity;
    std::uint64_t checksum;
};
struct record {
    std::uint64_t sequence;  // from 1; 0 means never written
    std::uint64_t boot;      // which boot the monotonic time belongs to
    std::int64_t monotonic_ns;
    core::unix_ms wall;
    std::uint64_t checksum;
};
static_assert(sizeof(file_header) == 24 && sizeof(record) == 40, "no padding: the bytes are checksummed");
constexpr std::size_t file_size = sizeof(file_header) + capacity * sizeof(record);

// FNV-1a: finds a torn or foreign record; it does not have to resist anybody.
std::uint64_t checksum(std::string_view bytes) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : bytes)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
}
template <class T>
std::uint64_t checksum_of(const T& item) {
    return checksum({reinterpret_cast<const char*>(&item), sizeof(T) - sizeof(item.checksum)});
}

file_header make_header() {
    file_header out{magic, version, capacity, 0};
    out.checksum = checksum_of(out);
    return out;
}

std::uint64_t boot_tag() {
    std::ifstream in("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(in, id);
    return id.empty() ? 0 : checksum(id);
}

core::error_code system_error() {
    return {errno, boost::system::system_category()};
}

core::error_code write_at(int fd, const void* data, std::size_t size, std::size_t offset) {
    const auto* bytes = static_cast<const char*>(data);
    while (size > 0) {
        const auto written = ::pwrite(fd, bytes, size, static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return system_error();
        bytes += written;
        size -= static_cast<std::size_t>(written);
        offset += static_cast<std::size_t>(written);
    }
    return {};
}

bool read_all(int fd, std::span<char> out) {
    std::size_t got = 0;
    while (got < out.size()) {
        const auto n = ::pread(fd, out.data() + got, out.size() - got, static_cast<off_t>(got));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        got += static_cast<std::size_t>(n);
    }
    return true;
}

// A login is [a-z0-9_]; anything else must not leave the directory.
std::string file_name(const std::string& login) {
    std::string out = "send-log-";
    for (const char c : login) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        out.push_back(plain ? c : '_');
    }
    return out + ".bin";
}

}  // namespace

struct send_log::impl {
    int fd = -1;
    bool existed = false;
    bool damaged = false;
    std::uint64_t boot = 0;
    std::uint64_t next_sequence = 1;
    std::vector<record> found;  // what an earlier process left

    impl() = default;
    impl(const impl&) = delete;
    impl& operator=(const impl&) = delete;
    ~impl() {
        if (fd >= 0)
            ::close(fd);  // releases the lock
    }

    core::error_code load();
    core::error_code create();
};

core::error_code send_log::impl::create() {
    // All blocks now: a disk that fills up later cannot stop the log.
    if (const int failed = ::posix_fallocate(fd, 0, file_size); failed != 0)
        return {failed, boost::system::system_category()};
    const std::vector<char> zeros(file_size);
    if (const auto failed = write_at(fd, zeros.data(), zeros.size(), 0))
        return failed;
    const auto header = make_header();
    return write_at(fd, &header, sizeof(header), 0);
}

core::error_code send_log::impl::load() {
    struct stat info {};
    if (::fstat(fd, &info) != 0)
        return system_error();
    if (info.st_size == 0) {
        damaged = existed;  // somebody emptied it: what was sent is unknown
        return create();
    }
    std::vector<char> bytes(file_size);
    const auto expected = make_header();
    if (info.st_size != static_cast<off_t>(file_size) || !read_all(fd, bytes) ||
        std::memcmp(bytes.data(), &expected, sizeof(expected)) != 0) {
        damaged = true;
        if (::ftruncate(fd, 0) != 0)
            return system_error();
        return create();
    }
    for (std::uint32_t i = 0; i < capacity; ++i) {
        record item{};
        std::memcpy(&item, bytes.data() + sizeof(file_header) + i * sizeof(record), sizeof(record));
        if (item.sequence == 0 && item.checksum == 0)
            continue;
        if (item.checksum != checksum_of(item)) {
            damaged = true;
            continue;
        }
        found.push_back(item);
        next_sequence = std::max(next_sequence, item.sequence + 1);
    }
    return {};
}

send_log::send_log(std::unique_ptr<impl> state) : impl_(std::move(state)) {}
send_log::send_log(send_log&&) noexcept = default;
send_log& send_log::operator=(send_log&&) noexcept = default;
send_log::~send_log() = default;

core::result<send_log> send_log::open(const std::string& directory, const std::string& login) {
    auto state = std::make_unique<impl>();
    const auto path = directory + "/" + file_name(login);
    state->existed = ::access(path.c_str(), F_OK) == 0;
    auto file = files::open_plain(path, O_RDWR | O_CREAT);
    if (!file)
        return file.error();
    state->fd = file->release();
    if (::flock(state->fd, LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK ? make_error_code(errc::account_in_use) : system_error();
    state->boot = boot_tag();
    if (const auto failed = state->load())
        return failed;
    return send_log(std::move(state));
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
            at = core::time_point(std::chrono::nanoseconds(item.monotonic_ns));
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

bool send_log::damaged() const noexcept {
    return impl_->damaged;
}

core::error_code send_log::append(core::time_point now, core::unix_ms wall_now) {
    if (impl_->fd < 0)
        return {};
    record item{impl_->next_sequence, impl_->boot, std::chrono::nanoseconds(now.time_since_epoch()).count(),
                wall_now, 0};
    item.checksum = checksum_of(item);
    const auto slot = (item.sequence - 1) % capacity;
    const auto failed = write_at(impl_->fd, &item, sizeof(item), sizeof(file_header) + slot * sizeof(record));
    if (!failed)
        ++impl_->next_sequence;
    return failed;
}

}  // namespace tiktok2twitch::twitch
