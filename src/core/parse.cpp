// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/parse.hpp"

#include <time.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/unicode.hpp"
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

// A name as it was copied from somewhere: without what cannot be seen, without blanks around it, and without
// the end of an address (query, fragment, slashes).
std::string as_copied(std::string_view text) {
    constexpr char32_t wide_at = 0xFF20;
    constexpr char32_t wide_number = 0xFF03;
    std::string name;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t code_point = utf8::next(text, at);
        const treatment how = treatment_of(code_point);
        const bool control = code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
        if (how == treatment::blank) {
            name += ' ';
        } else if (code_point == wide_at || code_point == wide_number) {
            name += code_point == wide_at ? '@' : '#';
        } else if (control || how == treatment::keep || how == treatment::mark) {
            name.append(text.substr(begin, at - begin));
        }
    }
    name.erase(0, name.find_first_not_of(' '));
    // A sign in front is no fragment.
    name.erase(std::min(name.find_first_of("?#", 1), name.size()));
    name.erase(name.find_last_not_of(" /") + 1);
    return name;
}

// An address of a page on `domain`, copied with or without its scheme; nothing when the text is none.
std::optional<url> page_on(std::string_view domain, std::string_view text) {
    const bool absolute = text.find("://") != std::string_view::npos;
    result<url> parsed = parse_url(absolute ? std::string(text) : "https://" + std::string(text));
    if (!parsed || !host_is(parsed->host, domain) || !parsed->scheme.starts_with("http")) {
        return std::nullopt;
    }
    return *std::move(parsed);
}

// What TikTok's apps hand out: it leads to a page, but does not name it.
bool is_share_link(const url& page) noexcept {
    return page.host == "vm.tiktok.com" || page.host == "vt.tiktok.com" || page.target.starts_with("/t/");
}

bool names_no_channel(const url& page) noexcept {
    return page.host == "clips.twitch.tv" || page.target.starts_with("/videos/") ||
           page.target.starts_with("/clip/") || page.target.starts_with("/collections/");
}

// "/chan", "/popout/chan/chat", "/moderator/chan" and "/u/chan/stream-manager" name chan.
std::string_view channel_in(std::string_view path) noexcept {
    constexpr std::array<std::string_view, 4> windows{"/popout/", "/embed/", "/moderator/", "/u/"};
    bool window = false;
    for (auto found = windows.end();;) {
        found = std::ranges::find_if(windows, [path](std::string_view w) { return path.starts_with(w); });
        if (found == windows.end()) {
            break;
        }
        path.remove_prefix(found->size() - 1);
        window = true;
    }
    path.remove_prefix(path.starts_with('/') ? 1 : 0);
    return window ? path.substr(0, path.find('/')) : path;
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
    const std::string name = ascii::lower(as_copied(text));
    std::string_view handle = name;
    const std::optional<url> page = page_on("tiktok.com", name);
    if (page && is_share_link(*page)) {
        return errc::share_link;
    }
    if (page) {
        handle = page->target;
        if (handle.starts_with("/%40")) {
            handle.remove_prefix(3);
        } else if (!handle.starts_with("/@")) {
            return errc::bad_handle;
        }
        handle.remove_prefix(1);
    }
    const bool marked = page || handle.starts_with('@');
    if (handle.starts_with('@')) {
        handle.remove_prefix(1);
    }
    if (marked && handle.ends_with("/live")) {
        handle.remove_suffix(5);
    }
    handle.remove_prefix(std::min(handle.find_first_not_of(' '), handle.size()));
    if (!is_handle(handle)) {
        return errc::bad_handle;
    }
    return std::string(handle);
}

result<std::string> parse_channel(std::string_view text) {
    const std::string name = ascii::lower(as_copied(text));
    std::string_view channel = name;
    const std::optional<url> page = page_on("twitch.tv", name);
    if (page && names_no_channel(*page)) {
        return errc::clip_link;
    }
    if (page) {
        channel = channel_in(page->target);
    } else if (channel.starts_with('#')) {
        channel.remove_prefix(1);
        channel.remove_prefix(std::min(channel.find_first_not_of(' '), channel.size()));
    }
    if (!is_channel(channel)) {
        return errc::bad_channel;
    }
    return std::string(channel);
}

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
    constexpr std::size_t longest_date = 64;
    if (text.size() > longest_date)
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
