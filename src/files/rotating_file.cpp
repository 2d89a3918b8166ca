// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/files/rotating_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <tuple>
#include <utility>

#include "tiktok2twitch/core/gzip.hpp"
#include "tiktok2twitch/files/file_series.hpp"

namespace tiktok2twitch::files {
namespace {

constexpr std::size_t held_bytes = std::size_t{256} * 1024;
constexpr core::duration held_for = std::chrono::seconds(5);

// Something of ours may be moved away; a directory, a pipe or a link is not ours.
core::result<bool> stands_there(const std::string& path) {
    const auto file = open_plain(path, O_RDONLY);
    if (file)
        return ::lseek(file->get(), 0, SEEK_END) != 0;
    if (file.error() == boost::system::errc::no_such_file_or_directory)
        return false;
    return {boost::system::in_place_error, file.error()};
}

}  // namespace

core::error_code rotating_file::open() {
    const auto there = stands_there(path_);
    if (!there)
        return there.error();
    if (*there)
        for (const auto& [from, to] : shifts(path_, limits_.older))
            if (std::rename(from.c_str(), to.c_str()) != 0 && errno != ENOENT)
                return last_error();
    auto file = open_plain(path_, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file)
        return file.error();
    file_ = std::move(*file);
    text_bytes_ = 0;
    size_ = 0;
    return {};
}

core::result<bool> rotating_file::make_room(std::size_t bytes) {
    if (file_ && (text_bytes_ == 0 || text_bytes_ + bytes <= limits_.bytes))
        return false;
    auto failed = flush();
    if (!failed)
        failed = open();
    if (failed) {
        ++lost_;
        return {boost::system::in_place_error, failed};
    }
    return true;
}

core::error_code rotating_file::append(std::string_view line, core::time_point now) {
    text_bytes_ += line.size();
    if (!ends_in_gz(path_))
        return put(line, 1);
    if (held_.empty())
        held_since_ = now;
    held_ += line;
    ++held_lines_;
    return held_.size() >= held_bytes || now - held_since_ >= held_for ? flush() : core::error_code();
}

core::error_code rotating_file::flush() {
    if (held_.empty())
        return {};
    const auto bytes = core::gzip(std::exchange(held_, {}));
    return put(bytes, std::exchange(held_lines_, 0));
}

core::error_code rotating_file::put(std::string_view bytes, std::uint64_t lines) {
    if (const auto failed = write_all(file_.get(), bytes)) {
        lost_ += lines;
        // Half a line would spoil the next one.
        const auto size = static_cast<off_t>(size_);
        std::ignore = ::ftruncate(file_.get(), size);
        std::ignore = ::lseek(file_.get(), size, SEEK_SET);
        return failed;
    }
    size_ += bytes.size();
    written_ += lines;
    return {};
}

}  // namespace tiktok2twitch::files
