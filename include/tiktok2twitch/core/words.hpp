// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Numbers, counts, spans of time and lists as people read them. Pure.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::core {

// "59 s", "12 min", "1 h 2 min", "3 days": rounded down, for what lasts. Less than nothing is nothing.
std::string span_text(duration span);
// "5 s", "3 min 4 s", "1 h 2 min": rounded up to whole seconds, for what is waited for.
std::string wait_text(duration span);
// "1,204"
std::string number_text(std::uint64_t number);
// "1 line", "1,204 lines"
std::string count_text(std::uint64_t number, std::string_view thing);

// "a, b, c"; `last` stands before the last text. Texts are strings or views of them.
template <class Texts>
std::string joined(const Texts& texts, std::string_view between, std::string_view last) {
    std::string out;
    std::size_t left = std::size(texts);
    for (const auto& text : texts) {
        out += text;
        --left;
        out += left > 1 ? between : left == 1 ? last : std::string_view();
    }
    return out;
}
template <class Texts>
std::string joined(const Texts& texts, std::string_view between = ", ") {
    return joined(texts, between, between);
}
// "a", "a or b", "a, b or c"
template <class Texts>
std::string listed(const Texts& texts, std::string_view last) {
    return joined(texts, ", ", " " + std::string(last) + " ");
}

}  // namespace tiktok2twitch::core
