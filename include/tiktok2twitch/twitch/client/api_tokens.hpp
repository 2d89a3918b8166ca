// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Where the calls to Twitch's API get their token from: the token keeper, or a pasted token.

#include <string>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/secret.hpp"
#include "tiktok2twitch/net/awaitable.hpp"

namespace tiktok2twitch::twitch {

struct api_token {
    core::secret access;
    std::string client_id;  // the token belongs to it; Twitch compares
};

class api_tokens {
public:
    virtual ~api_tokens() = default;

    // The token to use now; an empty one if there is none at the moment.
    virtual api_token current() = 0;
    // Twitch answered 401 to `refused`. A token that is not `refused`, or: errc::login_needed when only a
    // person can change that; any other error when it may work later.
    virtual net::awaitable<core::result<api_token>> renew(core::secret refused) = 0;
};

}  // namespace tiktok2twitch::twitch
