// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Small files that have to survive a crash. Blocking; on any thread.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/exit_code.hpp"

namespace tiktok2twitch::files {

core::error_code last_error();  // errno

// An open file, closed at the end of its life.
class descriptor {
public:
    explicit descriptor(int number) noexcept : number_(number) {}  // of open(); -1: it failed
    descriptor(descriptor&& other) noexcept : number_(other.release()) {}
    descriptor& operator=(descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~descriptor();

    int get() const noexcept { return number_; }
    int release() noexcept { return std::exchange(number_, -1); }
    explicit operator bool() const noexcept { return number_ >= 0; }

private:
    int number_;
};

// open() for a file of ours, a new one with mode 0600 and for the owner of the directory. One rule for all of
// them: a pipe or a device in its place (ENXIO), a directory (EISDIR), a symbolic link (ELOOP) and a file of
// somebody who owns neither it, nor the directory, nor the machine (EPERM) are errors. The first could keep
// the thread for good, a link would have us write over what it leads to.
core::result<descriptor> open_plain(const std::string& path, int flags);
// Whether a file of `owner` is as good as ours.
bool may_be_trusted(unsigned owner, unsigned owner_of_directory, unsigned ours) noexcept;

// Error file_too_large when it has more than `limit` bytes.
core::result<std::string> read_file(const std::string& path, std::size_t limit);

core::error_code write_all(int file, std::string_view bytes);
// A file system that knows no fsync has done all that it can.
core::error_code sync(int file);
bool cannot_be_synced(int number) noexcept;  // the errno of an fsync()
// What was created, renamed or removed in the folder of `path` is on the disk afterwards.
core::error_code sync_directory_of(const std::string& path);

// A file that root has made in the directory of another user is given to that user, who could not open it
// otherwise. Nothing happens to anybody else's file, nor to one with other names elsewhere, which whoever
// owns the directory may have put there. Root without that right leaves it as it is.
void give_to_owner_of_directory(int file, const std::string& directory);

// mkdir -p with mode 0700. What root makes in the directory of another user is given to that user.
core::error_code make_directories(const std::string& path);

// The new text is on the disk before it takes the old file's place: whatever happens, one of them is there.
// Mode 0600. One writer at a time.
core::error_code replace_file(const std::string& path, std::string_view text);

// Whether files can be kept in a directory: writes one with 64 KiB and removes it. Permissions, quotas and
// full disks have one answer in common.
core::error_code try_directory(const std::string& directory);

}  // namespace tiktok2twitch::files

namespace tiktok2twitch::app {

struct unread_file {
    exit_code code = exit_code::no_input;
    std::string why;       // "cannot be read: No such file or directory"
    bool is_there = true;  // false: there is nothing of that name
};

// Why a name that somebody gave for a file cannot be read as one: "is a directory", "is a pipe, not a file".
// Opening a pipe waits for somebody who writes into it, and a device may have no end. Nothing: it is a file,
// or opening it says why not.
std::optional<std::string> no_plain_file(const std::string& path);

// The whole file, or its first `most` + 1 bytes: so many say that it is too large.
std::variant<std::string, unread_file> read_text_file(const std::string& path, std::size_t most);

}  // namespace tiktok2twitch::app
