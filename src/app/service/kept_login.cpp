// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/kept_login.hpp"

#include <optional>
#include <utility>

#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

void login_state::on_token(core::secret access) {
    problem_.clear();
    sentence_.clear();
    token_ = std::move(access);
    refused_ = false;
}

bool login_state::on_lost(const core::error_code& reason, const std::string& sentence) {
    problem_ = core::identifier(reason);
    sentence_ = sentence;
    if (stored_)
        return false;
    sentence_ += worked_ ? " A new token is taken after 'tiktok2twitch reload' (or SIGHUP), a stored login "
                           "after a restart; until then the relay goes on reading and counting."
                         : " Then start again.";
    return !worked_;
}

login_state::finding login_state::look(bool online, bool needs_token) {
    worked_ = worked_ || online;
    if (!needs_token || token_.empty())
        return finding::nothing;
    if (std::exchange(refused_, true))
        return finding::refused;
    // The login service called it good in between, and one more try did not help.
    return ++refusals_ > 1 && !stored_ && !worked_ ? finding::hopeless : finding::refused;
}

kept_login::kept_login(run_context& run, login_listener& listener, twitch::account_listener& notices)
    : run_(run),
      listener_(listener),
      notices_(notices),
      state_(run.effective().twitch.token_is_kept),
      tokens_([this](const core::secret& used) {
          if (keeper_)
              keeper_->refused(used);
      }) {}

void kept_login::start(files::file_worker* worker) {
    if (run_.settings.dry_run)
        return;
    const auto& effective = run_.effective();
    api_ = twitch::make_auth_api(effective.auth_url, run_.tls, effective.allow_custom_host);
    std::optional<twitch::token_store> store;
    twitch::keeper_options options;
    options.login = effective.twitch.login;
    options.validate_every = effective.validate_interval;
    if (effective.transport == chat_transport::helix)
        options.scopes = {std::string(twitch::scope_send)};  // chat is read without a login
    if (effective.twitch.token_is_kept) {
        store.emplace(run_.settings.state_dir, effective.twitch.login);
        options.store_path = store->path();
    } else {
        options.pasted = effective.twitch.token;
    }
    keeper_ = std::make_unique<twitch::token_keeper>(run_.loop.get_executor(), *api_, std::move(options),
                                                     std::move(store), *this, run_.settings.seed, worker);
    run_.start_beside(keeper_->run(), [this](core::error_code reason) {
        ended_ = true;
        listener_.on_login_ended(reason);
    });
}

void kept_login::look(const twitch::account& account) {
    const auto found = state_.look(account.online(), account.needs_token());
    if (!keeper_ || found == login_state::finding::nothing)
        return;
    keeper_->refused(state_.token());
    if (found == login_state::finding::hopeless) {
        log(log_level::error, "login", core::explain(make_error_code(twitch::errc::login_refused)));
        listener_.on_hopeless();
    }
}

void kept_login::on_reload(const core::secret& before) {
    const auto& twitch = run_.effective().twitch;
    if (keeper_ && !twitch.token_is_kept && twitch.token != before)
        keeper_->paste(twitch.token);
}

void kept_login::on_token(const twitch::token_found& found) {
    state_.on_token(found.access);
    tokens_.on_found(found);
    listener_.on_token(found);
}

void kept_login::on_lost(const core::error_code& reason, const std::string& sentence) {
    tokens_.on_lost();
    const bool ends = state_.on_lost(reason, sentence);
    log(log_level::error, "login", state_.sentence());
    if (ends)
        listener_.on_hopeless();
}

void kept_login::on_notice(twitch::notice::severity level, const std::string& text) {
    notices_.on_notice({level, {}, text});
}

}  // namespace tiktok2twitch::app
