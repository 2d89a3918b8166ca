// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::net {

// What OpenSSL and Asio report, in the words of net::errc where these fit. Everything else as it is.
core::error_code translate(core::error_code error) noexcept;

}  // namespace tiktok2twitch::net
