// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/wire/check_page.hpp"

namespace tiktok2twitch::tiktok {
namespace {

// Real pages have hundreds of kilobytes, and one may speak of waiting.
constexpr std::size_t longest_please_wait = 8 * 1024;

// There are cookies, and every one is the firewall's own.
bool only_firewall_cookies(std::span<const header_view> headers) noexcept {
    bool any = false;
    for (const header_view& header : headers) {
        if (!equal_ignoring_case(header.name, "Set-Cookie"))
            continue;
        if (!header.value.starts_with("ak_bmsc="))
            return false;
        any = true;
    }
    return any;
}

}  // namespace

bool reads_as_check_page(std::string_view body) noexcept {
    const auto has = [body](std::string_view mark) {
        return body.find(mark) != std::string_view::npos;
    };
    // The middle of the name is a region: slardar_us_waf.
    if (has("_wafchallengeid") || (has("slardar_") && has("_waf")))
        return true;
    return body.size() <= longest_please_wait && has("Please wait...");
}

bool is_check_page(std::span<const header_view> headers, std::string_view body) noexcept {
    for (const header_view& header : headers) {
        if (equal_ignoring_case(header.name, "x-tt-system-error") && header.value != "0")
            return true;
    }
    return only_firewall_cookies(headers) || reads_as_check_page(body);
}

}  // namespace tiktok2twitch::tiktok
