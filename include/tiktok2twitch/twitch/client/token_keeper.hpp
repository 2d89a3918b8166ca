// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Where the calls to Twitch's API get their token from: the token keeper, or a pasted token.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/secret.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/twitch/client/auth_api.hpp"
#include "tiktok2twitch/twitch/client/token_store.hpp"
#include "tiktok2twitch/twitch/login/grant_keeper.hpp"

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

// The tokens of API calls, as a token keeper finds them: for a stored login and for a pasted token alike.
// Whoever listens to the keeper passes on what it says. On the egress loop; any number of callers may wait.

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

// Keeps one account's login alive: obeys a grant_keeper with the login service and the store. Everything is
// called on the egress loop; the store is used on the file worker's thread, in the order that the
// grant_keeper asks for: marked, written and synced before a new pair is used.
namespace tiktok2twitch::files {
class file_worker;
}

namespace tiktok2twitch::twitch {

// Must not block, and must not destroy the keeper.
class token_listener {
public:
    virtual ~token_listener() = default;
    virtual void on_token(const token_found& token) = 0;
    virtual void on_lost(const core::error_code& reason, const std::string& sentence) = 0;
    virtual void on_notice(notice::severity level, const std::string& text) = 0;
};

class token_keeper {
public:
    // Either `store` or options.pasted. `seed`: for the jitter of retries. `worker`: none, the store is used
    // where run() runs; else it must outlive this.
    token_keeper(net::asio::any_io_executor executor, auth_api& api, keeper_options options,
                 std::optional<token_store> store, token_listener& listener, std::uint64_t seed,
                 files::file_worker* worker = nullptr);
    ~token_keeper();

    // Runs until cancelled (operation_aborted), or ends with errc::token_host_refused. Once. A refresh that
    // has begun is finished and saved before a cancellation is obeyed (at most the request's 60 s): giving it
    // up could cost the grant. When saving fails for some more seconds it ends with
    // errc::token_store_unwritable, and the loss was told.
    net::awaitable<core::error_code> run();

    // The chat's login (account::needs_token()) or the API (401) refused this token.
    void refused(const core::secret& used);
    // run() will not end before Twitch has answered.
    bool renewing() const noexcept;
    // A renewed pair is in memory only.
    bool unsaved() const noexcept;
    // One try more for it, in a process that cannot wait for run() to end.
    void save_now();
    // Another token takes the place of options.pasted.
    void paste(core::secret token);

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::twitch
