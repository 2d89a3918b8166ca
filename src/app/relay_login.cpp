// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// The login that 'tiktok2twitch login' stored: kept alive beside the relay, which goes on reading and
// counting while there is none.

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
    : api_tokens([this](const core::secret& refused) {
          if (keeper)
              keeper->refused(refused);
      }) {}

void relay_service::impl::keep_login() {
    const auto& twitch = settings.effective.twitch;
    if (!twitch.token_is_kept || settings.dry_run)
        return;
    login.api = twitch::make_auth_api(settings.effective.auth_url, tls, settings.effective.allow_custom_host);
    twitch::token_store store(settings.state_dir, twitch.login);
    twitch::keeper_options options;
    options.login = twitch.login;
    options.store_path = store.path();
    login.keeper =
        std::make_unique<twitch::token_keeper>(loop.get_executor(), *login.api, std::move(options),
                                               std::optional(std::move(store)), *this, settings.seed);
    auto work = login.keeper->run();
    auto ended = [this](std::exception_ptr exception, core::error_code reason) {
        if (exception)
            std::rethrow_exception(exception);
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
    login.token = found.access;
    login.api_tokens.on_found(found);
    account->update_options(account_options(), steady_now());
    account->retry_login(steady_now());
    flush_account();
}

void relay_service::impl::on_lost(const core::error_code& reason, const std::string& sentence) {
    login.problem = core::identifier(reason);
    login.api_tokens.on_lost();
    log(log_level::error, "login", sentence);
}

void relay_service::impl::on_notice(twitch::notice::severity level, const std::string& text) {
    on_notice(twitch::notice{level, {}, text});
}

}  // namespace tiktok2twitch::app
