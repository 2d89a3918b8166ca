// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Values as people write them in the configuration and on the command line.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"

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

// A date as HTTP writes it (RFC 9110, 5.6.7: IMF-fixdate, "Sun, 06 Nov 1994 08:49:37 GMT"), and as cookies
// do, with dashes between the parts of the day. Nothing: it is none.
std::optional<unix_ms> parse_http_date(std::string_view text);

// The value of a Retry-After header: how long the server asks to be left alone, from `now` on, given in
// seconds or as a date. Nothing when it is neither. The caller bounds it.
std::optional<duration> parse_retry_after(std::string_view text, unix_ms now);

}  // namespace tiktok2twitch::core
