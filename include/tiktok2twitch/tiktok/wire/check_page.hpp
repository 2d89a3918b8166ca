// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include "tiktok2twitch/tiktok/wire/handshake.hpp"

namespace tiktok2twitch::tiktok {

// Whether an answer is TikTok's check page: what its web firewall shows in place of a page until a browser
// has done its puzzle (HTTP 200, about 1.4 KB, "Please wait...", the header x-tt-system-error, at most the
// cookie ak_bmsc). It says nothing about the account or the page that was asked for, and asking again does
// not help. To be asked only about an answer that lacks what was wanted: good answers may carry the header
// too.
bool is_check_page(std::span<const header_view> headers, std::string_view body) noexcept;
// By the text alone.
bool reads_as_check_page(std::string_view body) noexcept;

}  // namespace tiktok2twitch::tiktok
