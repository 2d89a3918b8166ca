// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Numbers, counts and spans of time as people read them. Pure.

#include <cstdint>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::core {

// "59 s", "12 min", "1 h 2 min", "3 days": rounded down, for what lasts. Less than nothing is nothing.
std::string span_text(duration span);
// "5 s", "3 min 4 s", "1 h 2 min": rounded up to whole seconds, for what is waited for.
std::string wait_text(duration span);
// "1,204"
std::string number_text(std::uint64_t number);
// "1 line", "1,204 lines"
std::string count_text(std::uint64_t number, std::string_view thing);

}  // namespace tiktok2twitch::core
