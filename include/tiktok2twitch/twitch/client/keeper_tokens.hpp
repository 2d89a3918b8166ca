// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The tokens of API calls, as a token keeper finds them: for a stored login and for a pasted token alike.
// Whoever listens to the keeper passes on what it says. On the egress loop; any number of callers may wait.

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/twitch/client/api_tokens.hpp"
#include "tiktok2twitch/twitch/login/grant_keeper.hpp"

namespace tiktok2twitch::twitch {

class keeper_tokens final : public api_tokens {
public:
    // A refresh takes at most 60 s, and the validations around it 10 s each.
    static constexpr core::duration default_patience = std::chrono::seconds(80);

    // `report` tells the keeper of a refusal (token_keeper::refused()).
    explicit keeper_tokens(std::function<void(const core::secret&)> report,
                           core::duration patience = default_patience);

    void on_found(const token_found& found);
    void on_lost();

    // Empty also while the login service has not said yet which client id the token belongs to.
    api_token current() override;
    // Besides errc::login_needed: errc::token_invalid, the login service calls the refused token good;
    // errc::auth_server_error, it did not answer in time; operation_aborted when cancelled.
    net::awaitable<core::result<api_token>> renew(core::secret refused) override;

private:
    bool usable() const noexcept { return !token_.access.empty() && !token_.client_id.empty(); }
    void wake();

    std::function<void(const core::secret&)> report_;
    core::duration patience_;
    api_token token_;
    bool lost_ = false;
    std::uint64_t told_ = 0;  // how often the keeper spoke
    std::vector<std::weak_ptr<net::asio::steady_timer>> waiting_;
};

}  // namespace tiktok2twitch::twitch
