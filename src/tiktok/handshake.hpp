// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Why a WebSocket upgrade was refused (tiktok.md 2.5).

#include <span>
#include <string>

#include "tiktok/header_view.hpp"
#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::tiktok {

struct handshake_refusal {
    core::error_code reason;
    std::string detail;  // "HTTP 200, Handshake-Msg: ..., x-tt-logid: ...": the only diagnosis there is
};

handshake_refusal classify_refusal(int http_status, std::span<const header_view> headers);

}  // namespace tiktok2twitch::tiktok
