// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/files/advice.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string_view>

#include <boost/system/errc.hpp>

#include "tiktok2twitch/net/error.hpp"

namespace tiktok2twitch::app {
namespace {

namespace posix = boost::system::errc;

constexpr std::string_view or_elsewhere = ", or choose another place with --state-dir.";

bool is_plain(char c) {
    constexpr std::string_view others = "/._-+,:@%=";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}

// In words of files where the system's are about something else.
std::string what_is_wrong(const core::error_code& error) {
    if (error == posix::too_many_symbolic_link_levels)
        return "it is a symbolic link, which is not followed";
    if (error == posix::is_a_directory)
        return "it is a directory";
    if (error == posix::no_such_device_or_address)
        return "it is a pipe or a device";
    if (error == posix::operation_not_permitted)
        return "it belongs to another user";
    return error.message();
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

std::string unusable_file(const core::error_code& error, const std::string& path, std::string_view outcome) {
    return "cannot use " + path + ": " + what_is_wrong(error) +
           ". The relay goes on without it; after a restart " + std::string(outcome) +
           ". Fix: " + file_fix(error, path);
}

std::string file_trouble(const files::record_contents& found, const std::string& path,
                         std::string_view outcome) {
    if (found.newer)
        return newer_file(path, outcome);
    if (found.other_kind)
        return path + " holds something else than its name says; it was begun anew, and " +
               std::string(outcome);
    if (found.sound())
        return {};
    if (found.spoiled == 0 && found.texts.empty())
        return path + " was empty, as after a power cut; it was begun anew, and " + std::string(outcome);
    if (found.spoiled == 0)
        return path + " had lost its beginning and was mended; every record of it is used";
    return path + " was damaged and was mended: " + std::to_string(found.spoiled) +
           (found.spoiled == 1 ? " byte" : " bytes") + " could not be read, " +
           std::to_string(found.texts.size()) + (found.texts.size() == 1 ? " record is" : " records are") +
           " whole and used; " + std::string(outcome);
}

std::string set_aside(const std::optional<core::error_code>& moved, const std::string& aside) {
    if (moved && !*moved)
        return "The file is now " + aside + ".";
    const auto why = moved ? moved->message() : std::string("the disk does not answer");
    return "It could not be renamed to " + aside + " (" + why + "); the next change overwrites it.";
}

std::string newer_file(const std::string& path, std::string_view outcome) {
    return path + " was written by a later version of this program and is left alone. The relay goes on " +
           "without it; after a restart " + std::string(outcome) +
           ". Fix: run that version, or move the file away";
}

std::string unwritable_report(const core::error_code& error, const std::string& path) {
    const auto why = error == posix::no_such_device_or_address ? "nobody reads this pipe" : error.message();
    return "cannot write the report to " + path + ": " + why +
           ". Fix: make it writable, or choose another place with --report";
}

std::string explain_trust(const core::error_code& error, const std::string& ca_file) {
    if (error != net::errc::ca_file_unreadable)
        return core::explain(error);
    const char* const named = std::getenv("SSL_CERT_FILE");
    const std::string variable = named == nullptr ? "" : named;
    auto out = ca_file.empty() ? std::string() : "tls.ca_file " + ca_file + ": ";
    if (!variable.empty())
        out = (out.empty() ? "" : out.substr(0, out.size() - 2) + ", ") + "SSL_CERT_FILE " + variable + ": ";
    return out + core::explain(error);
}

}  // namespace tiktok2twitch::app
