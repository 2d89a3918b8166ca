// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "sim/twitch_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "sim/utf8.hpp"

namespace tiktok2twitch::sim {

bool is_control(char32_t code_point) noexcept {
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
}

bool is_command(std::string_view text) noexcept {
    if (text.size() < 2 || (text.front() != '/' && text.front() != '.')) {
        return false;
    }
    return text[1] != ' ' && !(text.front() == '.' && text[1] == '.');
}

std::string_view first_word(std::string_view text) noexcept {
    return text.substr(0, text.find(' '));
}

std::string shown_text(std::string_view text, std::size_t limit) {
    std::u32string code_points;
    decode_utf8(text, code_points);
    if (code_points.size() > limit) {
        code_points.resize(limit);
    }
    // The "Tags" block is dropped since August 2025 (twitch.md 2.2).
    std::erase_if(code_points, [](char32_t c) { return c >= 0xE0000 && c <= 0xE007F; });
    std::string shown = encode_utf8(code_points);
    if (shown.starts_with("/ ") || shown.starts_with(". ")) {
        shown.erase(0, 2);
    }
    shown.erase(0, std::min(shown.find_first_not_of(' '), shown.size()));
    shown.erase(shown.find_last_not_of(' ') + 1);
    return shown;
}

bool contains_any(std::string_view text, const std::vector<std::string>& terms) noexcept {
    return std::any_of(terms.begin(), terms.end(),
                       [&](const std::string& term) { return text.find(term) != std::string_view::npos; });
}

bool only_emotes(std::string_view text) noexcept {
    constexpr std::array<std::string_view, 3> known{"Kappa", "LUL", "HeyGuys"};
    while (!text.empty()) {
        const std::string_view word = first_word(text);
        if (!word.empty() && std::find(known.begin(), known.end(), word) == known.end()) {
            return false;
        }
        text.remove_prefix(std::min(word.size() + 1, text.size()));
    }
    return true;
}

std::string seconds_left(core::duration time) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(time).count();
    return std::to_string(std::max<std::int64_t>(seconds, 1));
}

std::string message_id(std::uint64_t number) {
    std::array<char, 40> text;
    const int length = std::snprintf(text.data(), text.size(), "5150c0de-0000-4000-8000-%012llx",
                                     static_cast<unsigned long long>(number & 0xFFFF'FFFF'FFFFULL));
    return std::string(text.data(), static_cast<std::size_t>(length));
}

bool valid_login(std::string_view text) noexcept {
    constexpr std::size_t longest = 25;
    return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

std::string escape_tag(std::string_view value) {
    std::string out;
    for (const char c : value) {
        switch (c) {
            case ';':
                out += "\\:";
                break;
            case ' ':
                out += "\\s";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\n':
                out += "\\n";
                break;
            default:
                out.push_back(c);
        }
    }
    return out;
}

}  // namespace tiktok2twitch::sim
