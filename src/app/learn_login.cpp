// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <string>

#include "app/account_commands.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

net::awaitable<exit_code> ask(twitch::auth_api* api, twitch::options* options) {
    co_await net::asio::this_coro::throw_if_cancelled(false);
    const auto who = co_await api->validate(options->token);
    if (who) {
        options->login = who->login;
        co_return exit_code::ok;
    }
    const auto failed = who.error();
    if (failed == twitch::errc::token_invalid)
        log(log_level::error, "login",
            "Twitch does not accept the configured token: it has expired, was revoked, or is mistyped. Put a "
            "new token in its place (twitch.token), or remove it and run 'tiktok2twitch login'.");
    else if (failed != net::asio::error::operation_aborted)
        log(log_level::error, "login",
            "whose token twitch.token is cannot be asked: " + core::explain(failed) +
                " With twitch.login set to the bot account's name the relay starts without asking.");
    co_return exit_code_of(failed);
}

}  // namespace

exit_code learn_login(config& settings) {
    if (settings.twitch.token.empty() || !settings.twitch.login.empty())
        return exit_code::ok;
    const auto tls = net::make_tls_client(settings.ca_file);
    if (!tls) {
        log(log_level::error, "tls", core::explain(tls.error()));
        return exit_code::config_error;
    }
    const auto api = twitch::make_auth_api(settings.auth_url, *tls, settings.allow_custom_host);
    return run_interruptibly([&] { return ask(api.get(), &settings.twitch); });
}

}  // namespace tiktok2twitch::app
