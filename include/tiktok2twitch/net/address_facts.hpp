// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace tiktok2twitch::net {

// What became of the addresses of a host when it was connected to: of those that were tried before the one
// that won, or of all when none did.
struct address_facts {
    std::size_t all = 0;
    std::size_t silent = 0;  // do not answer
    std::size_t failed = 0;  // refused, unreachable, or no TLS
};

}  // namespace tiktok2twitch::net
