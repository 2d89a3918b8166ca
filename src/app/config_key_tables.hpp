// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The parts of the table of keys, one file each. config_keys() joins them in this order, which is that of
// config.example.toml.

#include <cstdint>
#include <span>

#include "app/config_keys.hpp"

namespace tiktok2twitch::app {

std::span<const config_key> connection_keys() noexcept;  // [tiktok] [twitch] [tls]
std::span<const config_key> relay_keys() noexcept;       // [relay]
std::span<const config_key> event_keys() noexcept;       // [event.*]
std::span<const config_key> filter_keys() noexcept;      // [filter]
std::span<const config_key> channel_keys() noexcept;     // [commands] [badges]

constexpr key_bounds hours(std::int64_t count) {
    return {.min = 0, .max = count * 3'600'000};
}
constexpr key_bounds from_ms(std::int64_t min, std::int64_t max) {
    return {.min = min, .max = max};
}
constexpr std::int64_t one_day = 86'400'000;

}  // namespace tiktok2twitch::app
