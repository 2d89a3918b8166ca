// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What a person can do about a file or a directory that cannot be used, as a command where there is one.
// Pure.

#include <optional>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/files/record_file.hpp"

namespace tiktok2twitch::app {

// `path` as one word of a POSIX shell, whatever is in it.
std::string shell_word(const std::string& path);

// The disk has no room for it, or the user's quota is used up.
bool is_full(const core::error_code& error);

// For the state directory: it does not take files, or cannot be made (not `exists`).
std::string directory_fix(const core::error_code& error, const std::string& path, bool exists);
// For one of the files in it.
std::string file_fix(const core::error_code& error, const std::string& path);

// Of a state file that cannot be used: which, why, what comes of it after a restart, and what to do. The
// relay goes on, whatever file it is.
std::string unusable_file(const core::error_code& error, const std::string& path, std::string_view outcome);
// Of one that was read and is damaged, or of a later version; empty when nothing is wrong with it.
std::string file_trouble(const files::record_contents& found, const std::string& path,
                         std::string_view outcome);
// Of one that was renamed to `aside`, for people to look at; `moved`: how that went, if the disk has
// answered.
std::string set_aside(const std::optional<core::error_code>& moved, const std::string& aside);
std::string newer_file(const std::string& path, std::string_view outcome);

std::string unwritable_report(const core::error_code& error, const std::string& path);
// What net::make_tls_client() found wrong, with the files that it read.
std::string explain_trust(const core::error_code& error, const std::string& ca_file);

}  // namespace tiktok2twitch::app
