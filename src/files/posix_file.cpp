// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "files/posix_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <tuple>

namespace tiktok2twitch::files {
namespace {

core::error_code write_new(const std::string& path, std::string_view text) {
    const auto file = open_plain(path, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file)
        return file.error();
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
    descriptor file(::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK, S_IRUSR | S_IWUSR));
    struct stat info {};
    if (!file || ::fstat(file.get(), &info) != 0)
        return last_error();
    if (S_ISREG(info.st_mode))
        return file;
    return core::error_code(S_ISDIR(info.st_mode) ? EISDIR : ENXIO, boost::system::system_category());
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
    return ::fsync(file) == 0 ? core::error_code() : last_error();
}

core::error_code sync_directory_of(const std::string& path) {
    const auto directory = path.substr(0, path.rfind('/') + 1);
    const descriptor file(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return file ? sync(file.get()) : last_error();
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
