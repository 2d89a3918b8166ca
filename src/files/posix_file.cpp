// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/files/posix_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <tuple>

namespace tiktok2twitch::files {
namespace {

std::string directory_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

core::error_code system_error(int number) {
    return {number, boost::system::system_category()};
}

// Whatever an earlier process, or somebody else, has left under that name goes, but for a directory.
core::error_code write_new(const std::string& path, std::string_view text) {
    ::unlink(path.c_str());
    const auto file = open_plain(path, O_WRONLY | O_CREAT | O_EXCL);
    if (!file)
        return file.error() == system_error(EEXIST) ? system_error(EISDIR) : file.error();
    if (const auto error = write_all(file->get(), text))
        return error;
    return sync(file->get());
}

// As much as all that a relay keeps for a room, so that a full disk is noticed.
constexpr std::size_t trial_size = std::size_t{64} * 1024;

}  // namespace

core::error_code last_error() {
    return {errno, boost::system::system_category()};
}

descriptor::~descriptor() {
    if (number_ >= 0)
        ::close(number_);
}

core::result<descriptor> open_plain(const std::string& path, int flags) {
    constexpr int always = O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY;
    descriptor file(::open(path.c_str(), flags | always, S_IRUSR | S_IWUSR));
    struct stat info {};
    if (!file || ::fstat(file.get(), &info) != 0)
        return last_error();
    if (!S_ISREG(info.st_mode))
        return system_error(S_ISDIR(info.st_mode) ? EISDIR : ENXIO);
    const auto directory = directory_of(path);
    struct stat place {};
    if (::stat(directory.c_str(), &place) != 0)
        return last_error();
    if (!may_be_trusted(info.st_uid, place.st_uid, ::geteuid()))
        return system_error(EPERM);
    if ((flags & O_CREAT) != 0)
        give_to_owner_of_directory(file.get(), directory);
    return file;
}

bool may_be_trusted(unsigned owner, unsigned owner_of_directory, unsigned ours) noexcept {
    return owner == ours || owner == owner_of_directory || owner == 0;
}

core::result<std::string> read_file(const std::string& path, std::size_t limit) {
    const auto file = open_plain(path, O_RDONLY);
    if (!file)
        return file.error();
    std::string text;
    std::array<char, 16 * 1024> block;
    for (;;) {
        const ssize_t count = ::read(file->get(), block.data(), block.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return last_error();
        if (count == 0)
            return text;
        text.append(block.data(), static_cast<std::size_t>(count));
        if (text.size() > limit)
            return make_error_code(boost::system::errc::file_too_large);
    }
}

core::error_code write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return last_error();
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

core::error_code sync(int file) {
    return ::fsync(file) == 0 || cannot_be_synced(errno) ? core::error_code() : last_error();
}

bool cannot_be_synced(int number) noexcept {
    return number == EINVAL || number == ENOTSUP || number == EOPNOTSUPP || number == ENOSYS;
}

core::error_code sync_directory_of(const std::string& path) {
    const auto directory = directory_of(path);
    const descriptor file(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // One that may be written and not be read cannot be opened for this; the rename in it is done all the
    // same.
    if (!file)
        return errno == EACCES ? core::error_code() : last_error();
    return sync(file.get());
}

core::error_code make_directories(const std::string& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) == 0)
        return S_ISDIR(info.st_mode) ? core::error_code() : system_error(ENOTDIR);
    auto whole = path;
    while (whole.size() > 1 && whole.back() == '/')
        whole.pop_back();
    const auto slash = whole.rfind('/');
    if (slash != std::string::npos && slash > 0)
        if (const auto failed = make_directories(whole.substr(0, slash)))
            return failed;
    if (::mkdir(whole.c_str(), S_IRWXU) != 0)
        return errno == EEXIST ? system_error(ENOTDIR) : last_error();
    struct stat above {};
    if (::geteuid() == 0 && ::stat(directory_of(whole).c_str(), &above) == 0 && above.st_uid != 0)
        std::ignore = ::lchown(whole.c_str(), above.st_uid, above.st_gid);
    return {};
}

void give_to_owner_of_directory(int file, const std::string& directory) {
    struct stat ours {};
    struct stat place {};
    if (::geteuid() != 0 || ::fstat(file, &ours) != 0 || ::stat(directory.c_str(), &place) != 0)
        return;
    const bool fresh = ours.st_uid == 0 && S_ISREG(ours.st_mode) && ours.st_nlink == 1 && ours.st_size == 0;
    if (fresh && place.st_uid != 0)
        std::ignore = ::fchown(file, place.st_uid, place.st_gid);
}

core::error_code replace_file(const std::string& path, std::string_view text) {
    const auto temporary = path + ".tmp";
    auto error = write_new(temporary, text);
    if (!error && std::rename(temporary.c_str(), path.c_str()) != 0)
        error = last_error();
    if (error) {
        ::unlink(temporary.c_str());
        return error;
    }
    return sync_directory_of(path);
}

core::error_code try_directory(const std::string& directory) {
    auto path = directory + "/trial-XXXXXX";
    const descriptor file(::mkostemp(path.data(), O_CLOEXEC));
    if (!file)
        return last_error();
    auto error = write_all(file.get(), std::string(trial_size, '\0'));
    if (!error)
        error = sync(file.get());
    ::unlink(path.c_str());
    return error ? error : sync_directory_of(path);
}

}  // namespace tiktok2twitch::files

namespace tiktok2twitch::app {
namespace {

std::optional<std::string> what_it_is(mode_t mode) {
    if (S_ISREG(mode))
        return std::nullopt;
    return S_ISDIR(mode)    ? "is a directory"
           : S_ISFIFO(mode) ? "is a pipe, not a file"
           : S_ISSOCK(mode) ? "is a socket, not a file"
                            : "is a device, not a file";
}

unread_file unreadable(int error) {
    return {exit_code::no_input, "cannot be read: " + std::generic_category().message(error),
            error != ENOENT};
}

}  // namespace

std::optional<std::string> no_plain_file(const std::string& path) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 ? what_it_is(found.st_mode) : std::nullopt;
}

std::variant<std::string, unread_file> read_text_file(const std::string& path, std::size_t most) {
    // Looked at before it is opened, for that alone may do something to a device; and after, for it may be
    // another one by then.
    if (auto why = no_plain_file(path))
        return unread_file{exit_code::no_input, *std::move(why)};
    const files::descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    struct stat found {};
    if (!file || ::fstat(file.get(), &found) != 0)
        return unreadable(errno);
    if (auto why = what_it_is(found.st_mode))
        return unread_file{exit_code::no_input, *std::move(why)};
    std::string text;
    std::array<char, 64 * 1024> block;
    while (text.size() <= most) {
        const auto wanted = std::min(block.size(), most + 1 - text.size());
        const auto got = ::read(file.get(), block.data(), wanted);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return unread_file{exit_code::io_error,
                               "reading failed: " + std::generic_category().message(errno)};
        if (got == 0)
            break;
        text.append(block.data(), static_cast<std::size_t>(got));
    }
    return text;
}

}  // namespace tiktok2twitch::app
