// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/route_locks.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstdint>

namespace tiktok2twitch::app {
namespace {

// FNV-1a. Two routes with one byte would be one route; there are a few thousand at most.
off_t place_of(const std::string& route) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : route)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return static_cast<off_t>(hash >> 2);
}

struct flock byte_at(const std::string& route, short type) {
    struct flock out {};
    out.l_type = type;
    out.l_whence = SEEK_SET;
    out.l_start = place_of(route);
    out.l_len = 1;
    return out;
}

}  // namespace

core::result<int> route_locks::take(const std::string& route) {
    if (!file_) {
        auto opened = files::open_plain(path_, O_RDWR | O_CREAT);
        if (!opened)
            return opened.error();
        file_ = std::move(*opened);
    }
    auto wanted = byte_at(route, F_WRLCK);
    if (::fcntl(file_.get(), F_SETLK, &wanted) == 0)
        return 0;
    if (errno != EAGAIN && errno != EACCES)
        return files::last_error();
    wanted = byte_at(route, F_WRLCK);
    if (::fcntl(file_.get(), F_GETLK, &wanted) != 0)
        return files::last_error();
    // It may have been let go in between; then the next start finds nothing.
    return wanted.l_type == F_UNLCK ? 0 : wanted.l_pid;
}

void route_locks::release(const std::string& route) {
    auto byte = byte_at(route, F_UNLCK);
    if (file_)
        ::fcntl(file_.get(), F_SETLK, &byte);
}

}  // namespace tiktok2twitch::app
