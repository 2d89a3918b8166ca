// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/wire/visitor_cookies.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "tiktok2twitch/core/parse.hpp"

namespace tiktok2twitch::tiktok {
namespace {

constexpr std::string_view wanted = "ttwid";
constexpr std::string_view site = "tiktok.com";
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
    return !value.empty() && value.size() <= max_cookie_bytes &&
           std::ranges::all_of(value, [](char c) { return c > ' ' && c < '\x7f' && c != ',' && c != ';'; });
}

// Takes "name=value" up to the next semicolon.
std::pair<std::string_view, std::string_view> take_pair(std::string_view& text) noexcept {
    const std::size_t end = text.find(';');
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos)
        return {trimmed(pair), {}};
    return {trimmed(pair.substr(0, equals)), trimmed(pair.substr(equals + 1))};
}

bool covers(std::string_view domain, std::string_view host) noexcept {
    if (domain.empty() || domain.size() > host.size() ||
        !equal_ignoring_case(host.substr(host.size() - domain.size()), domain))
        return false;
    return domain.size() == host.size() || host[host.size() - domain.size() - 1] == '.';
}

struct attributes {
    std::string_view domain;  // without its dot; empty: of one host only
    std::string_view path;
    std::optional<core::duration> lives;
    std::optional<core::unix_ms> expires;
};

// No cookie of ours is kept for longer, so that no sum of times overflows.
constexpr std::chrono::seconds longest_life = std::chrono::hours(24 * 366);

core::duration life_of(std::int64_t seconds) noexcept {
    return std::clamp<std::chrono::seconds>(std::chrono::seconds(seconds), std::chrono::seconds(0),
                                            longest_life);
}

std::optional<core::duration> max_age_of(std::string_view text) {
    std::int64_t seconds = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, seconds);
    if (error != std::errc() || stop != end)
        return std::nullopt;
    return life_of(seconds);
}

attributes read_attributes(std::string_view text) {
    attributes out;
    while (!text.empty()) {
        const auto [name, value] = take_pair(text);
        if (equal_ignoring_case(name, "Domain"))
            out.domain = value.starts_with('.') ? value.substr(1) : value;
        else if (equal_ignoring_case(name, "Path"))
            out.path = value;
        else if (equal_ignoring_case(name, "Max-Age"))
            out.lives = max_age_of(value);
        else if (equal_ignoring_case(name, "Expires"))
            out.expires = core::parse_http_date(value);
    }
    return out;
}

}  // namespace

bool visitor_cookies::take(std::span<const header_view> headers, core::time_point now,
                           core::unix_ms wall_now) {
    bool found = false;
    for (const header_view& header : headers) {
        if (!equal_ignoring_case(header.name, "Set-Cookie"))
            continue;
        std::string_view rest = header.value;
        const auto [name, value] = take_pair(rest);
        if (!can_be_sent(name) || !can_be_sent(value))
            continue;
        const attributes with = read_attributes(rest);
        const bool everywhere = with.path.empty() || with.path == "/";
        // Whoever stands in for TikTok has hosts of its own: what covers the socket's host goes there as
        // well.
        const bool shared = equal_ignoring_case(with.domain, site) || covers(with.domain, socket_host_);
        if (name != wanted && !(shared && everywhere))
            continue;
        cookie one{std::string(name), std::string(value), core::time_point::max()};
        // Max-Age goes before Expires (RFC 6265, 5.3).
        std::optional<core::duration> lives = with.lives;
        if (!lives && with.expires)
            lives = life_of((*with.expires - wall_now) / 1000);
        const bool gone = lives && *lives == core::duration::zero();
        if (lives)
            one.expires = now + *lives;
        found = (found || name == wanted) && !(gone && name == wanted);
        set(std::move(one), gone);
    }
    if (found)
        used_at_ = now;
    return found;
}

// A later one replaces an earlier one, as in a browser.
void visitor_cookies::set(cookie one, bool gone) {
    const auto same = std::ranges::find(cookies_, one.name, &cookie::name);
    if (gone) {
        if (same != cookies_.end())
            cookies_.erase(same);
    } else if (same != cookies_.end()) {
        *same = std::move(one);
    } else if (one.name == wanted) {
        cookies_.insert(cookies_.begin(), std::move(one));
    } else if (cookies_.size() < most) {
        cookies_.push_back(std::move(one));
    }
}

void visitor_cookies::clear() noexcept {
    cookies_.clear();
}

const visitor_cookies::cookie* visitor_cookies::ttwid() const noexcept {
    const auto found = std::ranges::find(cookies_, wanted, &cookie::name);
    return found == cookies_.end() ? nullptr : &*found;
}

bool visitor_cookies::usable(core::time_point now) const {
    const cookie* const found = ttwid();
    return found != nullptr && now < found->expires && now - used_at_ <= longest_rest;
}

std::string visitor_cookies::line(core::time_point now) const {
    std::string out;
    for (const cookie& each : cookies_) {
        if (now >= each.expires)
            continue;
        if (!out.empty())
            out += "; ";
        out.append(each.name).append("=").append(each.value);
    }
    return out;
}

}  // namespace tiktok2twitch::tiktok
