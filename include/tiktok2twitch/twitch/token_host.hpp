// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tiktok2twitch/core/url.hpp"

namespace tiktok2twitch::twitch {

// A token goes to Twitch's own hosts and to this machine only, unless the operator says otherwise.
inline bool token_may_go_to(const core::url& to, bool allow_custom_host) noexcept {
    return allow_custom_host || to.host == "twitch.tv" || to.host.ends_with(".twitch.tv") ||
           core::is_loopback_host(to.host);
}

}  // namespace tiktok2twitch::twitch
