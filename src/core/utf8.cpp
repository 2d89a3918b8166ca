// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "core/utf8.hpp"

namespace tiktok2twitch::core::utf8 {
namespace {

// What may follow a lead byte (Unicode 15.0, table 3-7). Only the second byte has its own range: that
// is where overlong forms, surrogates and values above U+10FFFF are refused.
struct sequence {
    std::size_t trailing = 0;  // 0: the lead byte itself is ill-formed
    char32_t bits = 0;
    unsigned char second_low = 0x80;
    unsigned char second_high = 0xBF;
};

sequence sequence_of(unsigned char lead) noexcept {
    if (lead >= 0xC2 && lead <= 0xDF) {
        return {1, static_cast<char32_t>(lead & 0x1F), 0x80, 0xBF};
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        const unsigned char low = lead == 0xE0 ? 0xA0 : 0x80;
        const unsigned char high = lead == 0xED ? 0x9F : 0xBF;
        return {2, static_cast<char32_t>(lead & 0x0F), low, high};
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const unsigned char low = lead == 0xF0 ? 0x90 : 0x80;
        const unsigned char high = lead == 0xF4 ? 0x8F : 0xBF;
        return {3, static_cast<char32_t>(lead & 0x07), low, high};
    }
    return {};
}

}  // namespace

char32_t next(std::string_view bytes, std::size_t& at) noexcept {
    const auto lead = static_cast<unsigned char>(bytes[at++]);
    if (lead < 0x80) {
        return lead;
    }
    const sequence expected = sequence_of(lead);
    if (expected.trailing == 0) {
        return replacement_character;
    }
    char32_t value = expected.bits;
    for (std::size_t i = 0; i < expected.trailing; ++i) {
        if (at == bytes.size()) {
            return replacement_character;
        }
        const auto byte = static_cast<unsigned char>(bytes[at]);
        const unsigned char low = i == 0 ? expected.second_low : 0x80;
        const unsigned char high = i == 0 ? expected.second_high : 0xBF;
        if (byte < low || byte > high) {
            return replacement_character;
        }
        value = (value << 6) | (byte & 0x3Fu);
        ++at;
    }
    return value;
}

bool is_valid(std::string_view bytes) noexcept {
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t begin = at;
        if (next(bytes, at) == replacement_character && bytes.substr(begin, at - begin) != "\xEF\xBF\xBD") {
            return false;
        }
    }
    return true;
}

void append(std::string& out, char32_t code_point) {
    const auto put = [&out](char32_t byte) {
        out.push_back(static_cast<char>(byte));
    };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0 | (code_point >> 6));
        put(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        put(0xE0 | (code_point >> 12));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    } else {
        put(0xF0 | (code_point >> 18));
        put(0x80 | ((code_point >> 12) & 0x3F));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    }
}

}  // namespace tiktok2twitch::core::utf8
