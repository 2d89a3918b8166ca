// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/core/parse.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/ascii.hpp"
#include "tiktok2twitch/core/errc.hpp"
#include "tiktok2twitch/core/url.hpp"

namespace tiktok2twitch::core {
namespace {

using nanoseconds = std::chrono::nanoseconds;
constexpr nanoseconds longest = std::chrono::hours(24 * 366);

struct unit {
    std::string_view name;
    std::int64_t nanoseconds;
};
constexpr std::array<unit, 4> units{
    {{"ms", 1'000'000}, {"s", 1'000'000'000}, {"m", 60'000'000'000}, {"h", 3'600'000'000'000}}};

bool all_digits(std::string_view text) noexcept {
    return std::ranges::all_of(text, ascii::is_digit);
}

// Digits to a number; nine of them fit into every type used here.
bool parse_number(std::string_view text, std::int64_t& value) noexcept {
    if (text.empty() || text.size() > 9 || !all_digits(text)) {
        return false;
    }
    std::from_chars(text.data(), text.data() + text.size(), value);
    return true;
}

// "25" of one second = 0.25 s, if that is a whole number of nanoseconds.
bool parse_fraction(std::string_view digits, std::int64_t whole, std::int64_t& value) noexcept {
    if (digits.empty() || !all_digits(digits)) {
        return false;
    }
    value = 0;
    for (const char digit : digits) {
        if ((whole == 0 || whole % 10 != 0) && digit != '0') {
            return false;
        }
        whole /= 10;
        value += whole * (digit - '0');
    }
    return true;
}

bool host_is(std::string_view host, std::string_view domain) noexcept {
    return host == domain || (host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

// The path of an address on `domain` ("/@user/live" for a page copied from the browser, with or without
// its scheme), or nothing when the text is no such address.
std::string_view page_path(std::string_view text, std::string_view domain, url& storage) {
    const bool absolute = text.find("://") != std::string_view::npos;
    const result<url> parsed = parse_url(absolute ? std::string(text) : "https://" + std::string(text));
    if (!parsed || !host_is(parsed->host, domain) || !parsed->scheme.starts_with("http")) {
        return {};
    }
    storage = *parsed;
    std::string_view path = storage.target;
    path = path.substr(0, path.find('?'));
    return path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

bool is_handle(std::string_view text) noexcept {
    return !text.empty() && text.size() <= 64 &&
           std::ranges::all_of(text, [](char c) { return ascii::is_alnum(c) || c == '_' || c == '.'; });
}

bool is_channel(std::string_view text) noexcept {
    return !text.empty() && text.size() <= 25 &&
           std::ranges::all_of(text, [](char c) { return ascii::is_alnum(c) || c == '_'; });
}

}  // namespace

result<duration> parse_duration(std::string_view text) {
    const std::size_t number_end = std::min(text.find_first_not_of("0123456789."), text.size());
    const std::string_view number = text.substr(0, number_end);
    const auto found = std::ranges::find(units, text.substr(number_end), &unit::name);
    if (found == units.end()) {
        return errc::bad_duration;
    }
    const std::size_t point = number.find('.');
    std::int64_t whole = 0;
    std::int64_t fraction = 0;
    if (!parse_number(number.substr(0, point), whole) || whole > longest.count() / found->nanoseconds) {
        return errc::bad_duration;
    }
    if (point != std::string_view::npos &&
        !parse_fraction(number.substr(point + 1), found->nanoseconds, fraction)) {
        return errc::bad_duration;
    }
    const nanoseconds total(whole * found->nanoseconds + fraction);
    if (total > longest) {
        return errc::bad_duration;
    }
    return std::chrono::duration_cast<duration>(total);
}

result<rate> parse_rate(std::string_view text) {
    const std::size_t slash = text.find('/');
    std::int64_t count = 0;
    if (slash == std::string_view::npos || !parse_number(text.substr(0, slash), count)) {
        return errc::bad_rate;
    }
    const result<duration> window = parse_duration(text.substr(slash + 1));
    if (!window || *window <= duration::zero() || count < 1 || count > 1'000'000) {
        return errc::bad_rate;
    }
    return rate{static_cast<std::uint32_t>(count), *window};
}

result<std::string> parse_handle(std::string_view text) {
    url storage;
    std::string_view handle = text;
    if (text.find('/') != std::string_view::npos) {
        handle = page_path(text, "tiktok.com", storage);
        if (!handle.starts_with("/@")) {
            return errc::bad_handle;
        }
        handle.remove_prefix(1);
        if (handle.ends_with("/live")) {
            handle.remove_suffix(5);
        }
    }
    if (handle.starts_with('@')) {
        handle.remove_prefix(1);
    }
    if (!is_handle(handle)) {
        return errc::bad_handle;
    }
    return ascii::lower(handle);
}

result<std::string> parse_channel(std::string_view text) {
    url storage;
    std::string_view channel = text;
    if (text.find('/') != std::string_view::npos) {
        channel = page_path(text, "twitch.tv", storage);
        if (!channel.starts_with('/')) {
            return errc::bad_channel;
        }
        channel.remove_prefix(1);
    } else if (channel.starts_with('#')) {
        channel.remove_prefix(1);
    }
    if (!is_channel(channel)) {
        return errc::bad_channel;
    }
    return ascii::lower(channel);
}

}  // namespace tiktok2twitch::core
