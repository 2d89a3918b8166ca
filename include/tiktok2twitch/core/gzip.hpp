// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tiktok2twitch::core {

// One whole gzip member; members one after the other are one text. Pure. Throws std::bad_alloc.
std::string gzip(std::string_view bytes);

}  // namespace tiktok2twitch::core
