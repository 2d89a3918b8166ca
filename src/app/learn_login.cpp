// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <optional>
#include <random>
#include <string>
#include <utility>

#include "app/account_commands.hpp"
#include "app/file_words.hpp"
#include "tiktok2twitch/core/backoff.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

net::awaitable<exit_code> ask(twitch::auth_api* api, twitch::options* options) {
    co_await net::asio::this_coro::throw_if_cancelled(false);
    core::backoff retry(core::backoff::options{}, std::random_device{}());  // 0, 1, 2, 4 ... 60 s
    for (bool told = false;;) {
        const auto who = co_await api->validate(options->token);
        const bool stopped = co_await is_cancelled();
        if (stopped)
            co_return exit_code::interrupted;
        if (who) {
            options->login = who->login;
            co_return exit_code::ok;
        }
        const auto failed = who.error();
        if (failed == twitch::errc::token_invalid) {
            log(log_level::error, "login",
                "Twitch does not accept the configured token: it has expired, was revoked, or is mistyped. "
                "Put a new token in its place (twitch.token), or remove it and run 'tiktok2twitch login'.");
            co_return exit_code_of(failed);
        }
        if (failed == twitch::errc::token_host_refused) {
            log(log_level::error, "login", core::explain(failed));
            co_return exit_code_of(failed);
        }
        if (!std::exchange(told, true))
            log(log_level::warning, "login",
                "whose token twitch.token is cannot be asked: " + core::explain(failed) +
                    " Trying again. With twitch.login set to the bot account's name the relay starts without "
                    "asking.");
        co_await pause_for(retry.next());
    }
}

}  // namespace

std::optional<exit_code> learn_login(config& settings, const start_of_process& start) {
    if (settings.twitch.token.empty() || !settings.twitch.login.empty())
        return exit_code::ok;
    const auto tls = net::make_tls_client(settings.ca_file);
    if (!tls) {
        log(log_level::error, "tls", explain_trust(tls.error(), settings.ca_file));
        return exit_code::config_error;
    }
    const auto api = twitch::make_auth_api(settings.auth_url, *tls, settings.allow_custom_host);
    bool hung_up = false;
    const auto result = run_interruptibly([&] { return ask(api.get(), &settings.twitch); },
                                          start.ignores_hang_ups() ? nullptr : &hung_up);
    if (!hung_up || result != exit_code::interrupted)
        return result;
    if (start.meaning() != hang_up::stops)
        return std::nullopt;
    log(log_level::info, "relay", "the terminal was closed");
    return result;
}

}  // namespace tiktok2twitch::app
