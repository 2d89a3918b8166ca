// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/credentials.hpp"

#include <utility>

#include "app/text_file.hpp"

namespace tiktok2twitch::app {
namespace {

constexpr std::size_t longest = 4096;  // far beyond any token

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
    auto read = read_text_file(path, longest);
    if (const auto* unread = std::get_if<unread_file>(&read)) {
        if (!unread->is_there)
            return std::nullopt;
        return unusable(path, "it " + unread->why);
    }
    auto text = std::get<std::string>(std::move(read));
    if (text.size() > longest)
        return unusable(path, "it is longer than " + std::to_string(longest) + " bytes");
    // Editors and echo end files with a line break.
    text.erase(text.find_last_not_of(" \t\r\n") + 1);
    if (text.empty())
        return std::nullopt;
    return setting{.key = "twitch.token", .value = std::move(text), .where = path};
}

}  // namespace tiktok2twitch::app
