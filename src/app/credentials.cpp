// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/credentials.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace tiktok2twitch::app {
namespace {

constexpr std::size_t longest = 4096;  // far beyond any token

struct file_closer {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

load_failure unusable(const std::string& path, const std::string& why) {
    load_failure out;
    out.code = exit_code::no_input;
    out.messages.push_back(path + ": the credential twitch_token cannot be read: " + why);
    return out;
}

}  // namespace

std::variant<std::optional<setting>, load_failure> read_credential(std::span<const std::string> variables) {
    const auto directory = variable(variables, "CREDENTIALS_DIRECTORY");
    if (!directory)
        return std::nullopt;
    const std::string path = *directory + "/twitch_token";
    const std::unique_ptr<std::FILE, file_closer> file(std::fopen(path.c_str(), "rbe"));
    if (file == nullptr && errno == ENOENT)
        return std::nullopt;
    if (file == nullptr)
        return unusable(path, std::generic_category().message(errno));
    std::array<char, longest + 1> buffer{};
    const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), file.get());
    if (std::ferror(file.get()) != 0)
        return unusable(path, std::generic_category().message(errno));
    if (size > longest)
        return unusable(path, "it is longer than " + std::to_string(longest) + " bytes");
    std::string text(buffer.data(), size);
    // Editors and echo end files with a line break.
    text.erase(text.find_last_not_of(" \t\r\n") + 1);
    if (text.empty())
        return std::nullopt;
    return setting{.key = "twitch.token", .value = std::move(text), .where = path};
}

}  // namespace tiktok2twitch::app
