// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/client/token_store.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <string_view>
#include <thread>
#include <utility>

#include "tiktok2twitch/files/posix_file.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {
namespace {

constexpr std::string_view prefix = "token-";
constexpr std::string_view suffix = ".json";
constexpr std::size_t longest_login = 25;
// A grant has less than 2 KiB; what is larger was not written by us.
constexpr std::size_t largest_file = 64 * 1024;
// At the temporary file's lock, which another writer holds while it writes some hundred bytes: 0.1 s.
constexpr int most_attempts = 50;
constexpr std::chrono::milliseconds between_attempts(2);

using files::descriptor;
using files::last_error;

bool is_login_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// A login is [a-z0-9_]; anything else must not leave the directory.
std::string file_stem(std::string login) {
    std::replace_if(
        login.begin(), login.end(), [](char c) { return !is_login_char(c); }, '_');
    return std::string(prefix) + login;
}

core::result<std::string> read_bounded(int fd) {
    std::string out(largest_file + 1, '\0');
    std::size_t used = 0;
    while (used < out.size()) {
        const auto count = ::read(fd, out.data() + used, out.size() - used);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return last_error();
        if (count == 0)
            break;
        used += static_cast<std::size_t>(count);
    }
    if (used > largest_file)
        return make_error_code(errc::token_store_damaged);
    out.resize(used);
    return out;
}

// Not plain: nobody can write a grant into it, and opening it could last for ever.
core::error_code with_name(core::error_code failed) {
    return failed == core::error_code(ENXIO, boost::system::system_category())
               ? make_error_code(errc::token_store_blocked)
               : failed;
}

// The temporary file has one name, so that a killed process leaves at most one behind, and whoever writes
// it holds its lock: two writers cannot mix. Another writer holds it for moments, after which the name means
// another file, as that one was renamed. Who holds it for longer must not keep a relay from everything else.
core::result<descriptor> open_temporary(const std::string& path) {
    for (int attempt = 1;; ++attempt) {
        auto fd = files::open_plain(path, O_WRONLY | O_CREAT | O_NOFOLLOW);
        if (!fd)
            return with_name(fd.error());
        const bool locked = ::flock(fd->get(), LOCK_EX | LOCK_NB) == 0;
        if (!locked && errno != EWOULDBLOCK && errno != EINTR)
            return last_error();
        struct stat ours {};
        struct stat named {};
        if (::fstat(fd->get(), &ours) != 0)
            return last_error();
        const bool same =
            ::stat(path.c_str(), &named) == 0 && ours.st_ino == named.st_ino && ours.st_dev == named.st_dev;
        if (locked && same)
            return fd;
        if (attempt == most_attempts)
            return make_error_code(errc::token_store_blocked);
        if (!locked)
            std::this_thread::sleep_for(between_attempts);
    }
}

core::error_code fill(int fd, const std::string& directory, std::string_view text) {
    if (::fchmod(fd, S_IRUSR | S_IWUSR) != 0 || ::ftruncate(fd, 0) != 0)
        return last_error();
    files::give_to_owner_of_directory(fd, directory);
    if (const auto failed = files::write_all(fd, text))
        return failed;
    return files::sync(fd);
}

core::error_code remove_file(const std::string& path) {
    return ::unlink(path.c_str()) == 0 || errno == ENOENT ? core::error_code() : last_error();
}

}  // namespace

token_store::token_store(std::string directory, std::string login)
    : directory_(std::move(directory)), path_(directory_ + "/" + file_stem(std::move(login))) {
    path_ += suffix;
}

std::string token_store::lock_path() const {
    return path_.substr(0, path_.size() - suffix.size()) + ".lock";
}

core::result<std::optional<grant>> token_store::load() const {
    return read(false);
}

core::result<std::optional<grant>> token_store::load_exposed() const {
    return read(true);
}

core::result<std::optional<grant>> token_store::read(bool also_exposed) const {
    // Not blocking: somebody may have put a pipe there.
    const descriptor fd(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW));
    if (!fd) {
        if (errno == ENOENT)
            return std::optional<grant>();
        return last_error();
    }
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0)
        return last_error();
    if (!S_ISREG(info.st_mode))
        return make_error_code(errc::token_store_damaged);
    if (!also_exposed && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return make_error_code(errc::token_store_exposed);
    const auto text = read_bounded(fd.get());
    if (!text)
        return text.error();
    auto found = read_grant(*text);
    if (!found)
        return found.error();
    return std::optional(std::move(*found));
}

core::error_code token_store::save(const grant& grant) {
    const auto temporary = temporary_path();
    const auto fd = open_temporary(temporary);
    if (!fd)
        return fd.error();
    auto failed = fill(fd->get(), directory_, write_grant(grant));
    if (!failed && ::rename(temporary.c_str(), path_.c_str()) != 0)
        failed = last_error();
    if (failed) {
        ::unlink(temporary.c_str());
        return failed;
    }
    return files::sync_directory_of(path_);
}

core::error_code token_store::remove() {
    if (const auto failed = remove_file(path_))
        return failed;
    if (const auto failed = remove_file(temporary_path()))
        return failed;
    return files::sync_directory_of(path_);
}

std::vector<token_store::obstacle> token_store::obstacles() const {
    std::vector<obstacle> out;
    const auto look = [&out](const std::string& path, int flags) {
        // Not blocking, as in load().
        const descriptor fd(::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK));
        struct stat info {};
        if (!fd && errno != ENOENT)
            out.push_back({path, with_name(last_error())});
        else if (fd && ::fstat(fd.get(), &info) == 0 && S_ISDIR(info.st_mode))
            out.push_back({path, {EISDIR, boost::system::system_category()}});
    };
    // As they are opened above and below, without O_CREAT.
    look(path_, O_RDONLY | O_NOFOLLOW);
    look(temporary_path(), O_WRONLY | O_NOFOLLOW);
    look(lock_path(), O_RDWR | O_NOFOLLOW);
    return out;
}

std::string token_store::stamp() const {
    struct stat info {};
    if (::stat(path_.c_str(), &info) != 0)
        return "error " + std::to_string(errno);
    // The mode as well: "chmod 600" is the cure of token_store_exposed.
    return std::to_string(info.st_dev) + " " + std::to_string(info.st_ino) + " " +
           std::to_string(info.st_size) + " " + std::to_string(info.st_mode) + " " +
           std::to_string(info.st_mtim.tv_sec) + " " + std::to_string(info.st_mtim.tv_nsec);
}

token_store::lock::lock(lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

token_store::lock& token_store::lock::operator=(lock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

token_store::lock::~lock() {
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

core::result<std::optional<token_store::lock>> token_store::try_lock() {
    // The file stays when the lock is let go: removing it would let two processes hold "the" lock.
    descriptor fd(::open(lock_path().c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!fd)
        return last_error();
    files::give_to_owner_of_directory(fd.get(), directory_);
    while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return std::optional<lock>();
        if (errno != EINTR)
            return last_error();
    }
    return std::optional<lock>(lock(fd.release()));
}

std::vector<std::string> stored_logins(const std::string& directory) {
    std::vector<std::string> out;
    DIR* const entries = ::opendir(directory.c_str());
    if (entries == nullptr)
        return out;
    while (const auto* entry = ::readdir(entries)) {
        const std::string_view name = entry->d_name;
        if (!name.starts_with(prefix) || !name.ends_with(suffix) ||
            name.size() <= prefix.size() + suffix.size())
            continue;
        const auto login = name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
        if (login.size() <= longest_login && std::all_of(login.begin(), login.end(), is_login_char))
            out.emplace_back(login);
    }
    ::closedir(entries);
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace tiktok2twitch::twitch
