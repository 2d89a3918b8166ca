// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/qr_text.hpp"

#include <qrcodegen/qrcodegen.hpp>

namespace tiktok2twitch::app {
namespace {

constexpr std::size_t longest_text = 512;
constexpr int quiet = 4;  // light modules around it, as the standard wants
// From the 6x6x6 cube: the first sixteen colors are whatever the terminal's theme makes of them.
constexpr std::string_view black_on_white = "\x1b[38;5;16;48;5;231m";
constexpr std::string_view as_before = "\x1b[0m";

constexpr std::string_view block(bool upper, bool lower) noexcept {
    return upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
}

}  // namespace

std::string qr_text(std::string_view text, std::size_t columns, bool color) {
    if (text.size() > longest_text)
        return {};
    // Low error correction: a screen has no stains, and every module counts in 80 columns.
    const auto code = qrcodegen::QrCode::encodeText(std::string(text).c_str(), qrcodegen::QrCode::Ecc::LOW);
    const int end = code.getSize() + quiet;
    if (static_cast<std::size_t>(end + quiet) > columns)
        return {};
    // Outside of the code getModule() says light.
    const auto drawn = [&code, color, end](int x, int y) {
        return y < end && code.getModule(x, y) == color;
    };
    std::string out;
    for (int y = -quiet; y < end; y += 2) {
        if (color)
            out += black_on_white;
        for (int x = -quiet; x < end; ++x)
            out += block(drawn(x, y), drawn(x, y + 1));
        if (color)
            out += as_before;
        out += '\n';
    }
    return out;
}

}  // namespace tiktok2twitch::app
