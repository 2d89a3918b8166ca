// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "twitch/packer.hpp"

#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::twitch {

namespace {

// How many parts fit, and whether one label serves all of them.
struct fit {
    std::size_t taken = 1;
    bool one_label = true;
};

fit measure(std::span<const relay::line_part* const> waiting, std::size_t limit) {
    const auto& first = *waiting.front();
    const auto separator = core::count_code_points(part_separator);
    const auto label = core::count_code_points(first.label);
    std::size_t shared = label + core::count_code_points(first.body);  // label said once
    std::size_t repeated = shared;                                     // label said by every part
    fit out;
    for (std::size_t i = 1; i < waiting.size(); ++i) {
        const auto& part = *waiting[i];
        const bool one_label = out.one_label && part.label == first.label;
        const auto body = core::count_code_points(part.body);
        shared += separator + body;
        repeated += separator + core::count_code_points(part.label) + body;
        if ((one_label ? shared : repeated) > limit)
            break;
        out = {i + 1, one_label};
    }
    return out;
}

}  // namespace

std::string without_separator(std::string text) {
    for (auto at = text.find(part_separator); at != std::string::npos; at = text.find(part_separator, at))
        text.replace(at, part_separator.size(), " - ");
    return text;
}

packed_line pack(std::span<const relay::line_part* const> waiting, std::size_t limit, bool enabled) {
    const fit fitting = enabled ? measure(waiting, limit) : fit{};
    packed_line out{waiting.front()->label + waiting.front()->body, fitting.taken};
    for (const auto* part : waiting.subspan(1, fitting.taken - 1)) {
        out.text += part_separator;
        if (!fitting.one_label)
            out.text += part->label;
        out.text += part->body;
    }
    return out;
}

}  // namespace tiktok2twitch::twitch
