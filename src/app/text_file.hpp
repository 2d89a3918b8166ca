// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "tiktok2twitch/app/exit_code.hpp"

namespace tiktok2twitch::app {

struct unread_file {
    exit_code code = exit_code::no_input;
    std::string why;  // "cannot be read: No such file or directory"
};

// The whole file, or its first `most` + 1 bytes: so many say that it is too large.
std::variant<std::string, unread_file> read_text_file(const std::string& path, std::size_t most);

}  // namespace tiktok2twitch::app
