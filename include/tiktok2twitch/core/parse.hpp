// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Values as people write them in the configuration and on the command line.

#include <cstdint>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::core {

// "30s", "1.25s", "150ms", "5m", "2h": exact, not negative, at most 366 days. Errors: errc::bad_duration.
result<duration> parse_duration(std::string_view text);

struct rate {
    std::uint32_t count = 0;
    duration window{};
    friend bool operator==(const rate&, const rate&) = default;
};

// "18/32s": at least one line in a window longer than zero, at most a million. Errors: errc::bad_rate.
result<rate> parse_rate(std::string_view text);

// Both names are taken as they are copied: blanks around them, characters that cannot be seen, a slash at the
// end, query and fragment of an address do no harm.
//
// "user", "@user" or "https://www.tiktok.com/@user/live" -> "user", lower case. TikTok allows 24 characters
// today; 64 leaves room. Errors: errc::bad_handle, errc::share_link.
result<std::string> parse_handle(std::string_view text);

// "chan", "#chan" or "https://www.twitch.tv/chan" (also of the chat's own windows) -> "chan", lower case.
// Errors: errc::bad_channel, errc::clip_link.
result<std::string> parse_channel(std::string_view text);

}  // namespace tiktok2twitch::core
