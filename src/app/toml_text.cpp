// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/toml_text.hpp"

#include "core/utf8.hpp"

namespace tiktok2twitch::app {
namespace {

constexpr std::string_view hex = "0123456789ABCDEF";

bool is_control(unsigned char byte) noexcept {
    return byte < 0x20 || byte == 0x7F;
}

void append_escaped(std::string& out, char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
    } else if (is_control(byte)) {
        out += "\\u00";
        out += hex[byte >> 4];
        out += hex[byte & 0x0F];
    } else {
        out += c;
    }
}

}  // namespace

std::string toml_quote(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        append_escaped(out, c);
    }
    return out + '"';
}

std::string show_quoted(std::string_view bytes) {
    constexpr std::size_t most = 60;
    std::string out = "\"";
    for (const char c : bytes.substr(0, most)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            append_escaped(out, c);
        } else {  // not worth decoding in a message: it may be cut, broken or a bidi trick
            out += "\\x";
            out += hex[byte >> 4];
            out += hex[byte & 0x0F];
        }
    }
    return out + (bytes.size() > most ? "...\"" : "\"");
}

bool is_plain_text(std::string_view bytes) noexcept {
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t begin = at;
        const char32_t point = core::utf8::next(bytes, at);
        const bool repaired =
            point == core::utf8::replacement_character && bytes.substr(begin, at - begin) != "\xEF\xBF\xBD";
        if (repaired || point < 0x20 || (point >= 0x7F && point < 0xA0)) {
            return false;
        }
    }
    return true;
}

}  // namespace tiktok2twitch::app
