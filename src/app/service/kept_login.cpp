// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// The login that 'tiktok2twitch login' stored is kept alive beside the relay; the configured token is
// validated at the start and every hour. While there is no usable login the relay goes on reading and
// counting. Only a configured token that has never worked since the start ends it: nothing would change by
// itself.

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <optional>
#include <utility>

#include "app/clock.hpp"
#include "app/relay_service_impl.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

relay_service::impl::kept_login::kept_login()
    : api_tokens([this](const core::secret& used) {
          if (keeper)
              keeper->refused(used);
      }) {}

void relay_service::impl::keep_login() {
    const auto& twitch = settings.effective.twitch;
    if (settings.dry_run)
        return;
    login.api = twitch::make_auth_api(settings.effective.auth_url, tls, settings.effective.allow_custom_host);
    std::optional<twitch::token_store> store;
    twitch::keeper_options options;
    options.login = twitch.login;
    options.validate_every = settings.effective.validate_interval;
    if (settings.effective.transport == chat_transport::helix)
        options.scopes = {std::string(twitch::scope_send)};  // chat is read without a login
    if (twitch.token_is_kept) {
        store.emplace(settings.state_dir, twitch.login);
        options.store_path = store->path();
    } else {
        options.pasted = twitch.token;
    }
    login.keeper =
        std::make_unique<twitch::token_keeper>(loop.get_executor(), *login.api, std::move(options),
                                               std::move(store), *this, settings.seed, files.worker());
    auto work = login.keeper->run();
    ++beside;
    auto ended = [this](std::exception_ptr exception, core::error_code reason) {
        ended_beside();
        if (exception)
            std::rethrow_exception(exception);
        login.ended = true;
        if (current == phase::over) {
            stop_listening();
            if (beside > 0)
                guard_stop(stop_limit);  // not so long any more
        }
        if (reason == twitch::errc::token_store_unwritable && result == exit_code::ok)
            result = exit_code::io_error;  // said
        if (reason != twitch::errc::token_host_refused)
            return;
        log(log_level::error, "login", core::explain(reason));
        result = exit_code::config_error;
        stop_rooms();
    };
    asio::co_spawn(loop, std::move(work), asio::bind_cancellation_slot(login.stop.slot(), std::move(ended)));
}

void relay_service::impl::on_token(const twitch::token_found& found) {
    login.problem.clear();
    login.sentence.clear();
    login.token = found.access;
    login.refused = false;
    if (read_back)
        read_back->rename(found.login);
    login.api_tokens.on_found(found);
    if (deletions.deleter)
        deletions.deleter->token_found();
    account->update_options(account_options(), steady_now());
    account->retry_login(steady_now());
    flush_account();
}

void relay_service::impl::on_lost(const core::error_code& reason, const std::string& sentence) {
    login.problem = core::identifier(reason);
    login.api_tokens.on_lost();
    login.sentence = sentence;
    const bool ends = !settings.effective.twitch.token_is_kept && !login.worked;
    if (!settings.effective.twitch.token_is_kept)
        login.sentence +=
            ends ? " Then start again."
                 : " A new token is taken after 'tiktok2twitch reload' (or SIGHUP), a stored login "
                   "after a restart; until then the relay goes on reading and counting.";
    log(log_level::error, "login", login.sentence);
    if (ends)
        end_without_login();
}

// A refusal comes with a notice; the keeper finds out whether the token can be renewed, or is good after all.
void relay_service::impl::watch_login() {
    login.worked = login.worked || account->online();
    if (!login.keeper || !account->needs_token() || login.token.empty())
        return;
    login.keeper->refused(login.token);
    if (std::exchange(login.refused, true))
        return;
    // The login service called it good in between, and one more try did not help.
    if (++login.refusals > 1 && !settings.effective.twitch.token_is_kept && !login.worked) {
        log(log_level::error, "login", core::explain(make_error_code(twitch::errc::login_refused)));
        end_without_login();
    }
}

void relay_service::impl::end_without_login() {
    if (current != phase::running)
        return;
    result = exit_code::login_refused;
    stop_rooms();
}

void relay_service::impl::on_notice(twitch::notice::severity level, const std::string& text) {
    on_notice(twitch::notice{level, {}, text});
}

}  // namespace tiktok2twitch::app
