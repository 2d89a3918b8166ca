// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/width.hpp"

#include <utf8proc.h>

namespace tiktok2twitch::core {
namespace {

struct step {
    std::size_t bytes = 1;
    std::size_t cells = 1;
};

step first_code_point(std::string_view text) noexcept {
    utf8proc_int32_t code_point = 0;
    const auto bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                        static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    if (bytes <= 0)
        return {};
    const int cells = utf8proc_charwidth(code_point);
    return {static_cast<std::size_t>(bytes), cells > 0 ? static_cast<std::size_t>(cells) : 0};
}

}  // namespace

std::size_t display_width(std::string_view text) noexcept {
    std::size_t cells = 0;
    while (!text.empty()) {
        const auto next = first_code_point(text);
        cells += next.cells;
        text.remove_prefix(next.bytes);
    }
    return cells;
}

std::string cut_width(std::string_view text, std::size_t cells) {
    if (display_width(text) <= cells)
        return std::string(text);
    if (cells == 0)
        return {};
    std::string out;
    std::size_t used = 0;
    for (;;) {
        const auto next = first_code_point(text);
        if (used + next.cells > cells - 1)
            break;
        out += text.substr(0, next.bytes);
        used += next.cells;
        text.remove_prefix(next.bytes);
    }
    return out + "\u2026";
}

std::string fit_width(std::string_view text, std::size_t cells) {
    auto out = cut_width(text, cells);
    out.append(cells - display_width(out), ' ');
    return out;
}

std::vector<std::string> wrap_width(std::string_view text, std::size_t cells) {
    std::vector<std::string> rows;
    while (display_width(text) > cells) {
        std::size_t end = 0;         // of the longest row that fits
        std::size_t last_blank = 0;  // in it
        for (std::size_t used = 0; end < text.size();) {
            const auto next = first_code_point(text.substr(end));
            if (text[end] == ' ')
                last_blank = end;
            if (used + next.cells > cells)
                break;
            used += next.cells;
            end += next.bytes;
        }
        const std::size_t row = last_blank > 0 ? last_blank : end;
        rows.emplace_back(text.substr(0, row));
        text.remove_prefix(row);
        if (text.starts_with(' '))
            text.remove_prefix(1);
    }
    rows.emplace_back(text);
    return rows;
}

}  // namespace tiktok2twitch::core
