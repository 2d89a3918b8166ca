// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tiktok2twitch::sim {

// Strict UTF-8. False when the bytes are not; `out` then holds what was read so far.
bool decode_utf8(std::string_view bytes, std::u32string& out);
std::string encode_utf8(std::u32string_view text);

}  // namespace tiktok2twitch::sim
