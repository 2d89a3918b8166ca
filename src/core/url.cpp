// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/url.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::core {
namespace {

constexpr std::size_t longest_url = 8192;  // signed socket addresses reach about 3,000 characters
constexpr std::size_t longest_host = 253;  // RFC 1035
constexpr std::size_t longest_label = 63;

struct known_scheme {
    std::string_view name;
    std::uint16_t port;
};
constexpr std::array<known_scheme, 6> schemes{
    {{"https", 443}, {"http", 80}, {"wss", 443}, {"ws", 80}, {"ircs", 6697}, {"irc", 6667}}};

std::uint16_t default_port(std::string_view scheme) noexcept {
    const auto found = std::ranges::find(schemes, scheme, &known_scheme::name);
    return found == schemes.end() ? std::uint16_t{0} : found->port;
}

bool is_ipv6(std::string_view host) noexcept {
    return host.find(':') != std::string_view::npos;
}

bool valid_ipv6(const std::string& host) noexcept {
    in6_addr address{};
    return is_ipv6(host) && inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

bool valid_name(std::string_view host) noexcept {
    if (host.empty() || host.size() > longest_host) {
        return false;
    }
    std::size_t label = 0;
    for (const char c : host) {
        if (c == '.') {
            if (label == 0) {
                return false;
            }
            label = 0;
        } else if (!(ascii::is_alnum(c) || c == '-' || c == '_') || ++label > longest_label) {
            return false;
        }
    }
    return label != 0;
}

bool parse_port(std::string_view text, std::uint16_t& port) noexcept {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc() && end == text.data() + text.size() && port != 0;
}

// "host", "host:port", "[v6]" or "[v6]:port"
bool parse_authority(std::string_view text, url& result) {
    std::string_view rest;
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos) {
            return false;
        }
        result.host = ascii::lower(text.substr(1, close - 1));
        rest = text.substr(close + 1);
        if (!valid_ipv6(result.host)) {
            return false;
        }
    } else {
        const std::size_t colon = text.find(':');
        result.host = ascii::lower(text.substr(0, colon));
        rest = colon == std::string_view::npos ? std::string_view() : text.substr(colon);
        if (!valid_name(result.host)) {
            return false;
        }
    }
    if (rest.empty()) {
        result.port = default_port(result.scheme);
        return true;
    }
    return rest.front() == ':' && parse_port(rest.substr(1), result.port);
}

// Blanks, controls, quotes and other bytes could end a request line or a header; '#' would start a fragment.
bool only_url_characters(std::string_view text) noexcept {
    return std::ranges::all_of(text, [](char c) {
        return c > ' ' && c < 0x7F && std::string_view("\"#<>\\^`{|}").find(c) == std::string_view::npos;
    });
}

bool is_unreserved(char c) noexcept {
    return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string url::host_and_port() const {
    std::string text = is_ipv6(host) ? '[' + host + ']' : host;
    if (port != default_port(scheme)) {
        text += ':';
        text += std::to_string(port);
    }
    return text;
}

std::string url::text() const {
    return scheme + "://" + host_and_port() + target;
}

result<url> parse_url(std::string_view text) {
    const std::size_t mark = text.find("://");
    if (mark == std::string_view::npos || text.size() > longest_url || !only_url_characters(text)) {
        return errc::bad_url;
    }
    url parsed;
    parsed.scheme = ascii::lower(text.substr(0, mark));
    if (default_port(parsed.scheme) == 0) {
        return errc::bad_url;
    }
    const std::string_view rest = text.substr(mark + 3);
    const std::size_t target = std::min(rest.find_first_of("/?"), rest.size());
    // User info needs no test of its own: '@' is in no host and in no port.
    if (!parse_authority(rest.substr(0, target), parsed)) {
        return errc::bad_url;
    }
    parsed.target = rest.substr(target);
    if (parsed.target.starts_with('?')) {
        parsed.target.insert(0, 1, '/');
    }
    return parsed;
}

bool is_loopback_host(std::string_view host) noexcept {
    // The longest numeric address has 45 characters. A NUL would hide the rest from inet_pton.
    std::array<char, 64> name{};
    if (host.size() >= name.size() || host.find('\0') != std::string_view::npos) {
        return false;
    }
    std::ranges::transform(host, name.begin(), ascii::to_lower);
    if (std::string_view(name.data()) == "localhost") {
        return true;
    }
    in_addr v4{};
    if (inet_pton(AF_INET, name.data(), &v4) == 1) {
        return (ntohl(v4.s_addr) >> 24) == 127;
    }
    in6_addr v6{};
    return inet_pton(AF_INET6, name.data(), &v6) == 1 && std::memcmp(&v6, &in6addr_loopback, sizeof v6) == 0;
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (is_unreserved(c)) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded += '%';
        encoded += digits[byte >> 4];
        encoded += digits[byte & 0x0F];
    }
    return encoded;
}

}  // namespace tiktok2twitch::core
