// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/file_words.hpp"

#include <algorithm>
#include <boost/system/errc.hpp>
#include <cerrno>
#include <string_view>

namespace tiktok2twitch::app {
namespace {

namespace posix = boost::system::errc;

constexpr std::string_view or_elsewhere = ", or choose another place with --state-dir.";

bool is_plain(char c) {
    constexpr std::string_view others = "/._-+,:@%=";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}

}  // namespace

std::string shell_word(const std::string& path) {
    // A name that begins with a dash would be an option.
    const std::string safe = path.starts_with('-') ? "./" + path : path;
    if (!safe.empty() && std::ranges::all_of(safe, is_plain))
        return safe;
    std::string out = "'";
    for (const char c : safe)
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

bool is_full(const core::error_code& error) {
    // <system_error> has no name for EDQUOT.
    return error == posix::no_space_on_device ||
           error == core::error_code(EDQUOT, boost::system::system_category());
}

std::string directory_fix(const core::error_code& error, const std::string& path, bool exists) {
    if (error == posix::read_only_file_system)
        return "the file system is mounted read-only; choose another place with --state-dir.";
    if (is_full(error))
        return "free some space on its disk, or choose another place with --state-dir.";
    if (error == posix::not_a_directory || error == posix::file_exists)
        return "something of that name is no directory; choose another place with --state-dir.";
    const auto word = shell_word(path);
    if (exists)
        return "sudo chown -R \"$USER\" " + word + " && chmod 700 " + word + std::string(or_elsewhere);
    return "sudo mkdir -p " + word + " && sudo chown \"$USER\" " + word + std::string(or_elsewhere);
}

std::string file_fix(const core::error_code& error, const std::string& path) {
    const auto word = shell_word(path);
    if (error == posix::permission_denied || error == posix::operation_not_permitted)
        return "sudo chown \"$USER\" " + word + " && chmod 600 " + word;
    if (error == posix::read_only_file_system || is_full(error))
        return directory_fix(error, path, true);
    if (error == posix::is_a_directory)
        return "a directory is in the file's place; remove it: rm -r " + word;
    // open() gives these for a symbolic link and a pipe, where none of ours is.
    if (error == posix::too_many_symbolic_link_levels || error == posix::no_such_device_or_address)
        return "it is no ordinary file; remove it: rm " + word;
    return "see what keeps this user from it: ls -l " + word;
}

}  // namespace tiktok2twitch::app
