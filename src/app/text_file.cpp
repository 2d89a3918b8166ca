// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/text_file.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

namespace tiktok2twitch::app {
namespace {

struct file_closer {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

std::string system_message(int error) {
    return std::generic_category().message(error);
}

}  // namespace

std::variant<std::string, unread_file> read_text_file(const std::string& path, std::size_t most) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        return unread_file{exit_code::no_input, "is a directory"};
    }
    const std::unique_ptr<std::FILE, file_closer> file(std::fopen(path.c_str(), "rbe"));
    if (file == nullptr) {
        return unread_file{exit_code::no_input, "cannot be read: " + system_message(errno)};
    }
    std::string text(most + 1, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), file.get()));
    if (std::ferror(file.get()) != 0) {
        return unread_file{exit_code::io_error, "reading failed: " + system_message(errno)};
    }
    return text;
}

}  // namespace tiktok2twitch::app
