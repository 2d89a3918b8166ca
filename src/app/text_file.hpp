// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "tiktok2twitch/app/exit_code.hpp"

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
