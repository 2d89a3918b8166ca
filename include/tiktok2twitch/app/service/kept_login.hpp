// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The relay's login. One that 'tiktok2twitch login' stored is kept alive beside the relay; a configured
// token is validated at the start and every hour. While there is no usable login the relay goes on reading
// and counting. Only a configured token that has never worked since the start ends it: nothing would change
// by itself.

#include <memory>
#include <string>

#include "tiktok2twitch/app/service/run_context.hpp"
#include "tiktok2twitch/files/file_worker.hpp"
#include "tiktok2twitch/twitch/client/auth_api.hpp"
#include "tiktok2twitch/twitch/client/shell.hpp"
#include "tiktok2twitch/twitch/client/token_keeper.hpp"

namespace tiktok2twitch::app {

// What is known of the login, and what follows from it. Pure.
class login_state {
public:
    // `stored`: by 'tiktok2twitch login', and not a configured token.
    explicit login_state(bool stored) : stored_(stored) {}

    void on_token(core::secret access);
    // True: there will be no login, the relay has to end.
    bool on_lost(const core::error_code& reason, const std::string& sentence);

    // To be asked whenever Twitch has told something. `needs_token`: see twitch::account.
    enum class finding : std::uint8_t {
        nothing,
        refused,  // the keeper has to find out whether the token can be renewed, or is good after all
        hopeless  // the same, but the relay has to end
    };
    finding look(bool online, bool needs_token);

    const core::secret& token() const noexcept { return token_; }       // empty: none yet
    const std::string& problem() const noexcept { return problem_; }    // while only a person can help
    const std::string& sentence() const noexcept { return sentence_; }  // what that person should do

private:
    bool stored_;
    core::secret token_;
    std::string problem_;
    std::string sentence_;
    bool worked_ = false;   // Twitch took it since the start
    bool refused_ = false;  // the token, and nothing was heard of it since
    unsigned refusals_ = 0;
};

class login_listener {
public:
    virtual ~login_listener() = default;
    virtual void on_token(const twitch::token_found& found) = 0;
    virtual void on_hopeless() = 0;                            // there will be no login; why was said
    virtual void on_login_ended(core::error_code reason) = 0;  // see token_keeper::run()
};

class kept_login final : public twitch::token_listener {
public:
    kept_login(run_context& run, login_listener& listener, twitch::account_listener& notices);

    // Not in a dry run, which has no login. `worker` outlives this.
    void start(files::file_worker* worker);
    // Twitch has told something.
    void look(const twitch::account& account);
    // Another token was configured, perhaps.
    void on_reload(const core::secret& before);

    // For calls to Twitch's API; always there, so that whoever makes them need not ask when.
    twitch::api_tokens& api_tokens() noexcept { return tokens_; }
    const login_state& state() const noexcept { return state_; }
    bool keeps() const noexcept { return keeper_ && !ended_; }
    // A renewal is under way, which is waited for at the end.
    bool renewing() const noexcept { return keeper_ && keeper_->renewing(); }
    // The process cannot wait: see token_keeper.
    void save_now() {
        if (keeper_)
            keeper_->save_now();
    }

private:
    void on_token(const twitch::token_found& found) override;
    void on_lost(const core::error_code& reason, const std::string& sentence) override;
    void on_notice(twitch::notice::severity level, const std::string& text) override;

    run_context& run_;
    login_listener& listener_;
    twitch::account_listener& notices_;
    login_state state_;
    twitch::keeper_tokens tokens_;
    std::unique_ptr<twitch::auth_api> api_;
    std::unique_ptr<twitch::token_keeper> keeper_;  // none in a dry run
    bool ended_ = false;                            // the keeper
};

}  // namespace tiktok2twitch::app
