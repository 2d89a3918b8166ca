// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Keeps one account's login alive: obeys a grant_keeper with the login service and the store. Everything is
// called on the egress loop; the store is used on the file worker's thread, in the order that the
// grant_keeper asks for: marked, written and synced before a new pair is used.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "tiktok2twitch/core/secret.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/twitch/client/auth_api.hpp"
#include "tiktok2twitch/twitch/client/token_store.hpp"
#include "tiktok2twitch/twitch/login/grant_keeper.hpp"

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
