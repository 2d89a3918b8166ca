// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/sim/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

namespace tiktok2twitch::sim {

bool decode_utf8(std::string_view bytes, std::u32string& out) {
    // The smallest code point that needs 1, 2, 3 or 4 bytes: below it the form is overlong.
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    for (std::size_t i = 0; i < bytes.size();) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        const std::size_t length = lead < 0x80             ? 1
                                   : (lead & 0xE0) == 0xC0 ? 2
                                   : (lead & 0xF0) == 0xE0 ? 3
                                   : (lead & 0xF8) == 0xF0 ? 4
                                                           : 0;
        if (length == 0 || i + length > bytes.size()) {
            return false;
        }
        char32_t value = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(bytes[i + k]);
            if ((next & 0xC0) != 0x80) {
                return false;
            }
            value = (value << 6) | (next & 0x3FU);
        }
        if (value < smallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
            return false;
        }
        out.push_back(value);
        i += length;
    }
    return true;
}

std::string encode_utf8(std::u32string_view text) {
    std::string out;
    for (const char32_t value : text) {
        if (value < 0x80) {
            out.push_back(static_cast<char>(value));
        } else if (value < 0x800) {
            out.push_back(static_cast<char>(0xC0 | (value >> 6)));
            out.push_back(static_cast<char>(0x80 | (value & 0x3F)));
        } else if (value < 0x10000) {
            out.push_back(static_cast<char>(0xE0 | (value >> 12)));
            out.push_back(static_cast<char>(0x80 | ((value >> 6) & 0x3F)));
            out.push_back(static_cast<char>(0x80 | (value & 0x3F)));
        } else {
            out.push_back(static_cast<char>(0xF0 | (value >> 18)));
            out.push_back(static_cast<char>(0x80 | ((value >> 12) & 0x3F)));
            out.push_back(static_cast<char>(0x80 | ((value >> 6) & 0x3F)));
            out.push_back(static_cast<char>(0x80 | (value & 0x3F)));
        }
    }
    return out;
}

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
