// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "sim/http_text.hpp"

#include <algorithm>
#include <charconv>

namespace tiktok2twitch::sim {

namespace {

// Takes the text up to the separator, and the separator.
std::string_view take_until(std::string_view& text, char separator) {
    const std::size_t end = text.find(separator);
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return part;
}

}  // namespace

std::string_view path_of(std::string_view target) noexcept {
    return target.substr(0, target.find('?'));
}

std::map<std::string, std::string> query_of(std::string_view target) {
    std::map<std::string, std::string> values;
    target.remove_prefix(std::min(path_of(target).size() + 1, target.size()));
    while (!target.empty()) {
        std::string_view value = take_until(target, '&');
        const std::string_view key = take_until(value, '=');
        values.emplace(percent_decode(key), percent_decode(value));
    }
    return values;
}

std::string percent_decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
            out.push_back(static_cast<char>(value));
            i += 2;
        } else {
            out.push_back(text[i]);
        }
    }
    return out;
}

std::string_view cookie_of(std::string_view header, std::string_view name) noexcept {
    while (!header.empty()) {
        std::string_view value = take_until(header, ';');
        value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
        if (take_until(value, '=') == name) {
            return value;
        }
    }
    return {};
}

std::int64_t number_of(std::string_view text) noexcept {
    std::int64_t value = 0;
    const auto end = text.data() + text.size();
    return std::from_chars(text.data(), end, value).ptr == end ? value : 0;
}

}  // namespace tiktok2twitch::sim
