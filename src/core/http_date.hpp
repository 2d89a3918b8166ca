// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::core {

// A date as HTTP writes it (RFC 9110, 5.6.7: IMF-fixdate, "Sun, 06 Nov 1994 08:49:37 GMT"), and as cookies
// do, with dashes between the parts of the day. Nothing: it is none.
std::optional<unix_ms> parse_http_date(std::string_view text);

// The value of a Retry-After header: how long the server asks to be left alone, from `now` on, given in
// seconds or as a date. Nothing when it is neither. The caller bounds it.
std::optional<duration> parse_retry_after(std::string_view text, unix_ms now);

}  // namespace tiktok2twitch::core
