// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "relay/skeleton.hpp"

namespace tiktok2twitch::relay {

// Clean text in, clean text out: every grapheme cluster that a range touches becomes an asterisk, blanks
// stay.
std::string mask_ranges(std::string_view clean, std::vector<text_range> where);

}  // namespace tiktok2twitch::relay
