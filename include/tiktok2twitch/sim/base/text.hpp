// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace tiktok2twitch::sim {

// Strict UTF-8. False when the bytes are not; `out` then holds what was read so far.
bool decode_utf8(std::string_view bytes, std::u32string& out);
std::string encode_utf8(std::u32string_view text);

// "/a/b/?x=1" is path "/a/b/" and query {x: 1}; of a name that comes twice, the first value counts.
std::string_view path_of(std::string_view target) noexcept;
std::map<std::string, std::string> query_of(std::string_view target);
std::string percent_decode(std::string_view text);
// Value of one cookie of a Cookie header, as it was sent; empty when it is not there.
std::string_view cookie_of(std::string_view header, std::string_view name) noexcept;
// A whole decimal number, else 0.
std::int64_t number_of(std::string_view text) noexcept;

}  // namespace tiktok2twitch::sim
