// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/client/record_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "files/posix_file.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using files::last_error;

core::error_code read_from(int file, std::uint64_t offset, std::string& out) {
    std::size_t used = 0;
    while (true) {
        if (used == out.size())
            out.resize(out.size() + 64 * 1024);
        const ssize_t count =
            ::pread(file, out.data() + used, out.size() - used, static_cast<off_t>(offset + used));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return last_error();
        if (count == 0)
            break;
        used += static_cast<std::size_t>(count);
    }
    out.resize(used);
    return {};
}

core::result<files::descriptor> open_file(const std::string& path) {
    return files::open_plain(path, O_RDWR | O_CREAT | O_APPEND);
}

}  // namespace

core::result<record_file> record_file::open(std::string path) {
    record_file out(std::move(path));
    auto file = open_file(out.path_);
    if (!file)
        return file.error();
    out.file_ = file->release();
    struct stat status {};
    if (::fstat(out.file_, &status) != 0)
        return last_error();
    out.size_ = static_cast<std::uint64_t>(status.st_size);
    return out;
}

record_file::record_file(record_file&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), size_(other.size_) {}

record_file& record_file::operator=(record_file&& other) noexcept {
    if (this != &other) {
        close_file();
        path_ = std::move(other.path_);
        file_ = std::exchange(other.file_, -1);
        size_ = other.size_;
    }
    return *this;
}

record_file::~record_file() {
    close_file();
}

void record_file::close_file() noexcept {
    if (file_ >= 0)
        ::close(std::exchange(file_, -1));
}

core::result<std::string> record_file::read() const {
    std::string text;
    if (const core::error_code error = read_from(file_, size_ - std::min(size_, max_read_bytes), text))
        return error;
    return text;
}

core::result<std::string> record_file::load() {
    core::result<std::string> text = read();
    if (!text)
        return text;
    const std::size_t torn = text->size() - (text->rfind('\n') + 1);  // npos + 1 is 0
    if (torn == 0)
        return text;
    if (::ftruncate(file_, static_cast<off_t>(size_ - torn)) != 0)
        return last_error();
    size_ -= torn;
    text->resize(text->size() - torn);
    return text;
}

core::error_code record_file::append(std::string_view lines) {
    if (const core::error_code error = files::write_all(file_, lines)) {
        // Half a record would swallow the next one. Should this fail too, the next start skips the line.
        if (::ftruncate(file_, static_cast<off_t>(size_)) != 0)
            return last_error();
        return error;
    }
    size_ += lines.size();
    return {};
}

core::error_code record_file::replace(std::string_view text) {
    if (const core::error_code error = files::replace_file(path_, text))
        return error;
    auto fresh = open_file(path_);
    if (!fresh)
        return fresh.error();
    close_file();
    file_ = fresh->release();
    size_ = text.size();
    return {};
}

}  // namespace tiktok2twitch::tiktok
