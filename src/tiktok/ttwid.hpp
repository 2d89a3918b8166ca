// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "tiktok/header_view.hpp"

namespace tiktok2twitch::tiktok {

// The value of the cookie `ttwid` among the Set-Cookie headers, byte for byte as it came, or empty when it
// is missing, empty, or could not be sent back as a cookie (tiktok.md 2.1).
std::string find_ttwid(std::span<const header_view> headers);

}  // namespace tiktok2twitch::tiktok
