// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "core/http_date.hpp"

#include <time.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace tiktok2twitch::core {
namespace {

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blank = " \t";
    const std::size_t first = text.find_first_not_of(blank);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

}  // namespace

std::optional<unix_ms> parse_http_date(std::string_view text) {
    constexpr std::size_t longest = 64;
    if (text.size() > longest)
        return std::nullopt;
    std::string copy(text);
    std::ranges::replace(copy, '-', ' ');
    // The names of days and months are those of the C locale, which this program never leaves.
    tm parts{};
    const char* const end = strptime(copy.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    constexpr int year_1970 = 70;  // a year of two digits is read as one of the first century
    if (end == nullptr || *end != '\0' || parts.tm_year < year_1970)
        return std::nullopt;
    const time_t seconds = timegm(&parts);
    return unix_ms{seconds} * 1000;
}

std::optional<duration> parse_retry_after(std::string_view text, unix_ms now) {
    text = trimmed(text);
    std::int64_t seconds = 0;
    const char* const end = text.data() + text.size();
    if (const auto [stop, error] = std::from_chars(text.data(), end, seconds);
        error == std::errc() && stop == end && seconds >= 0) {
        constexpr std::int64_t year = 366 * 24 * 3600;  // so that no sum of times overflows
        return std::chrono::seconds(std::min(seconds, year));
    }
    const auto date = parse_http_date(text);
    if (!date)
        return std::nullopt;
    return std::chrono::milliseconds(std::max<unix_ms>(*date - now, 0));
}

}  // namespace tiktok2twitch::core
