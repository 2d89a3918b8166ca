// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/whole_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

namespace tiktok2twitch::app {
namespace {

core::error_code last_error() {
    return {errno, boost::system::system_category()};
}

class descriptor {
public:
    descriptor(const std::string& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    ~descriptor() {
        if (number_ >= 0)
            ::close(number_);
    }
    int get() const noexcept { return number_; }
    bool is_open() const noexcept { return number_ >= 0; }

private:
    int number_;
};

core::error_code write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return last_error();
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

core::error_code sync(int file) {
    return ::fsync(file) == 0 ? core::error_code{} : last_error();
}

core::error_code write_new(const std::string& path, std::string_view text) {
    const descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.is_open())
        return last_error();
    if (const auto error = write_all(file.get(), text))
        return error;
    return sync(file.get());
}

}  // namespace

core::result<std::string> read_file(const std::string& path, std::size_t limit) {
    const descriptor file(path, O_RDONLY);
    if (!file.is_open())
        return last_error();
    std::string text;
    std::array<char, 16 * 1024> block;
    for (;;) {
        const ssize_t count = ::read(file.get(), block.data(), block.size());
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

core::error_code replace_file(const std::string& path, std::string_view text) {
    const auto temporary = path + ".tmp";
    auto error = write_new(temporary, text);
    if (!error && std::rename(temporary.c_str(), path.c_str()) != 0)
        error = last_error();
    if (error) {
        ::unlink(temporary.c_str());
        return error;
    }
    const descriptor directory(path.substr(0, path.rfind('/') + 1), O_RDONLY | O_DIRECTORY);
    return directory.is_open() ? sync(directory.get()) : last_error();
}

}  // namespace tiktok2twitch::app
