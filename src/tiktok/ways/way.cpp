// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/ways/way.hpp"

#include <array>

namespace tiktok2twitch::tiktok {
namespace {

constexpr std::array<std::string_view, way_count> names{"direct", "tikfinity", "sign", "managed", "stdin"};

}  // namespace

std::string_view name_of(way which) noexcept {
    return names[static_cast<std::size_t>(which)];
}

std::optional<way> way_of(std::string_view name) noexcept {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name && static_cast<way>(i) != way::stdin_)
            return static_cast<way>(i);
    return std::nullopt;
}

}  // namespace tiktok2twitch::tiktok
