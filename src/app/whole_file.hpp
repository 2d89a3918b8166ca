// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Small files that are read and written as a whole.

#include <cstddef>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::app {

// Error file_too_large when it has more than `limit` bytes.
core::result<std::string> read_file(const std::string& path, std::size_t limit);

// The new text is on the disk before it takes the old file's place: whatever happens, one of them is there.
core::error_code replace_file(const std::string& path, std::string_view text);

}  // namespace tiktok2twitch::app
