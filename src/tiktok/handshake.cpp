// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok/handshake.hpp"

#include <algorithm>

#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

// Real ones have up to 40 characters; the detail is for a log line.
constexpr std::size_t longest_value = 128;

std::string_view find(std::span<const header_view> headers, std::string_view name) noexcept {
    for (const header_view& header : headers) {
        if (equal_ignoring_case(header.name, name))
            return header.value;
    }
    return {};
}

bool contains_ignoring_case(std::string_view text, std::string_view wanted) noexcept {
    return !std::ranges::search(text, wanted, {}, ascii_lower, ascii_lower).empty();
}

core::error_code reason_of(int http_status, std::string_view message, std::string_view status) {
    if (contains_ignoring_case(message, "device_blocked") || http_status == 415 || status == "415")
        return errc::device_blocked;
    if (contains_ignoring_case(message, "app_id"))
        return errc::bad_app_id;
    if (contains_ignoring_case(message, "cookie"))
        return errc::cookie_refused;
    if (contains_ignoring_case(message, "secret key") || status == "417")
        return errc::signature_required;
    switch (http_status) {
        case 200:
            return message.empty() && status.empty() ? errc::detected : errc::handshake_failed;
        case 400:
            return errc::bad_query;
        case 403:
            return errc::lookup_forbidden;
        case 429:
            return errc::lookup_rate_limited;
        default:
            return errc::handshake_failed;
    }
}

}  // namespace

handshake_refusal classify_refusal(int http_status, std::span<const header_view> headers) {
    const std::string_view message = find(headers, "Handshake-Msg");
    const std::string_view status = find(headers, "Handshake-Status");
    handshake_refusal out;
    out.reason = reason_of(http_status, message, status);
    out.detail = "HTTP " + std::to_string(http_status);
    const auto add = [&out](std::string_view name, std::string_view value) {
        if (!value.empty())
            out.detail.append(", ").append(name).append(": ").append(value.substr(0, longest_value));
    };
    add("Handshake-Msg", message);
    add("Handshake-Status", status);
    add("x-tt-logid", find(headers, "x-tt-logid"));
    return out;
}

}  // namespace tiktok2twitch::tiktok
