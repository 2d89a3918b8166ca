// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::tiktok {

bool has_gzip_magic(std::string_view bytes) noexcept;

// Replaces `out` by the inflated bytes, at most `max_bytes`; nothing is a legal result (tiktok.md 2.8).
// Several gzip members in a row are one text. Errors: errc::inflate_failed, errc::inflated_too_large.
core::error_code gunzip(std::string_view bytes, std::size_t max_bytes, std::string& out);

}  // namespace tiktok2twitch::tiktok
