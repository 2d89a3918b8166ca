// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "sim/irc_command.hpp"

namespace tiktok2twitch::sim {

namespace {

std::string_view take_word(std::string_view& line) {
    const std::size_t end = line.find(' ');
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(end == std::string_view::npos ? line.size() : end);
    while (line.starts_with(' ')) {
        line.remove_prefix(1);
    }
    return word;
}

std::string find_nonce(std::string_view tags) {
    constexpr std::string_view key = "client-nonce=";
    while (!tags.empty()) {
        const std::size_t end = tags.find(';');
        const std::string_view tag = tags.substr(0, end);
        if (tag.starts_with(key)) {
            return std::string(tag.substr(key.size()));
        }
        tags.remove_prefix(end == std::string_view::npos ? tags.size() : end + 1);
    }
    return {};
}

}  // namespace

irc_command read_command(std::string_view line) {
    irc_command command;
    if (line.starts_with('@')) {
        command.nonce = find_nonce(take_word(line).substr(1));
    }
    if (line.starts_with(':')) {
        take_word(line);
    }
    for (const char c : take_word(line)) {
        command.verb.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    while (!line.empty()) {
        if (line.starts_with(':')) {
            command.parameters.emplace_back(line.substr(1));
            break;
        }
        command.parameters.emplace_back(take_word(line));
    }
    return command;
}

}  // namespace tiktok2twitch::sim
