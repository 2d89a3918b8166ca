// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/text_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "files/posix_file.hpp"

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
