// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok/ttwid.hpp"

#include <algorithm>

namespace tiktok2twitch::tiktok {
namespace {

// Real values have about 130 bytes; browsers keep up to 4096 per cookie.
constexpr std::size_t max_cookie_bytes = 4096;

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blank = " \t";
    const std::size_t first = text.find_first_not_of(blank);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

// RFC 6265's cookie-octet, more or less: nothing that could end the header or start another cookie.
bool can_be_sent(std::string_view value) noexcept {
    return value.size() <= max_cookie_bytes &&
           std::ranges::all_of(value, [](char c) { return c > ' ' && c < '\x7f' && c != ',' && c != ';'; });
}

}  // namespace

std::string find_ttwid(std::span<const header_view> headers) {
    std::string_view found;
    for (const header_view& header : headers) {
        if (!equal_ignoring_case(header.name, "Set-Cookie"))
            continue;
        const std::string_view pair = header.value.substr(0, header.value.find(';'));
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos || trimmed(pair.substr(0, equals)) != "ttwid")
            continue;
        const std::string_view value = trimmed(pair.substr(equals + 1));
        if (!value.empty() && can_be_sent(value))
            found = value;  // a later one replaces an earlier one, as in a browser
    }
    return std::string(found);
}

}  // namespace tiktok2twitch::tiktok
