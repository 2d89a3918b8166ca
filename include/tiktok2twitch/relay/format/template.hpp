// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/format/formatter.hpp"

namespace tiktok2twitch::relay {

// What each field of a template says of one event; indexed by template_field. All clean.
using field_values = std::array<std::string, template_fields>;

constexpr std::size_t index_of(template_field field) noexcept {
    return static_cast<std::size_t>(field);
}

// Whether an event of this kind that knows all about itself says anything there.
bool can_fill(event_kind kind, template_field field) noexcept;

// Nobody told what this gift, or what is in this box: no zero is said, for that would be an amount.
bool price_unknown(const event& event) noexcept;

// `room` is clean.
field_values values_of(const event& event, const std::string& room, const formatter_options& options);

std::string clean_name(std::string_view raw, const formatter_limits& limits);

}  // namespace tiktok2twitch::relay
