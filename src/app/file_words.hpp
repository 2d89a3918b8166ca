// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What a person can do about a file or a directory that cannot be used, as a command where there is one.
// Pure.

#include <string>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::app {

// `path` as one word of a POSIX shell, whatever is in it.
std::string shell_word(const std::string& path);

// The disk has no room for it, or the user's quota is used up.
bool is_full(const core::error_code& error);

// For the state directory: it does not take files, or cannot be made (not `exists`).
std::string directory_fix(const core::error_code& error, const std::string& path, bool exists);
// For one of the files of a stored login.
std::string file_fix(const core::error_code& error, const std::string& path);

}  // namespace tiktok2twitch::app
