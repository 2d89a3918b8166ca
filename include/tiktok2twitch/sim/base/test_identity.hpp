// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "tiktok2twitch/net/tls.hpp"

namespace tiktok2twitch::net {

// make_test_identity with the validity of the server certificate, counted from now.
core::result<test_identity> make_identity(const std::vector<std::string>& names,
                                          std::chrono::seconds not_before, std::chrono::seconds not_after);

}  // namespace tiktok2twitch::net
