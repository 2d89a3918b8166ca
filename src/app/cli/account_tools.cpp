// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/cli/account_tools.hpp"

#include <algorithm>
#include <csignal>
#include <exception>
#include <optional>
#include <random>
#include <string>
#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "tiktok2twitch/app/cli/process.hpp"
#include "tiktok2twitch/app/config/keys.hpp"
#include "tiktok2twitch/core/backoff.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/files/advice.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {
namespace asio = net::asio;
using core::log;
using core::log_level;

namespace {

constexpr core::duration lock_patience = std::chrono::seconds(65);  // a refresh takes at most 60 s
constexpr core::duration lock_pause = std::chrono::milliseconds(100);

}  // namespace

std::string account_tools::configured_token_source() const {
    if (settings().twitch.token.empty())
        return {};
    return loaded.settings.origins[*find_key("twitch.token")].where;
}

std::optional<account_tools> prepare_account_tools(const command_line& line, const environment& variables,
                                                   exit_code& failed) {
    auto loaded = load_or_explain(line, variables, failed);
    if (!loaded)
        return std::nullopt;
    const auto& settings = loaded->settings.value;
    auto tls = net::make_tls_client(settings.ca_file);
    if (!tls) {
        log(log_level::error, "tls", explain_trust(tls.error(), settings.ca_file));
        failed = exit_code::config_error;
        return std::nullopt;
    }
    auto api = twitch::make_auth_api(settings.auth_url, *std::move(tls), settings.allow_custom_host);
    return account_tools{*std::move(loaded), std::move(api)};
}

std::string choice_of_logins(const std::string& wanted, const std::vector<std::string>& stored) {
    if (stored.empty() || (wanted.empty() && stored.size() == 1))
        return {};
    const auto names = core::joined(stored);
    if (wanted.empty())
        return "more than one Twitch login is stored (" + names +
               "): say which one with twitch.login (or --set twitch.login=" + stored.front() + ")";
    return wanted + " (twitch.login) is not logged in; stored " +
           (stored.size() == 1 ? "is the login of " : "are the logins of ") + names +
           ". Correct twitch.login, or run 'tiktok2twitch login' as " + wanted;
}

std::optional<std::string> choose_stored_login(const account_tools& tools, exit_code& failed) {
    failed = exit_code::ok;
    const auto stored = twitch::stored_logins(tools.state_dir());
    const auto& wanted = tools.settings().twitch.login;
    if (!wanted.empty())
        return std::find(stored.begin(), stored.end(), wanted) == stored.end() ? std::nullopt
                                                                               : std::optional(wanted);
    if (stored.size() <= 1)
        return stored.empty() ? std::nullopt : std::optional(stored.front());
    log(log_level::error, "login", choice_of_logins({}, stored));
    failed = exit_code::config_error;
    return std::nullopt;
}

exit_code run_interruptibly(const std::function<net::awaitable<exit_code>()>& work, bool* hung_up) {
    asio::io_context loop{1};
    asio::signal_set signals(loop, SIGINT, SIGTERM);
    std::optional<signal_mask> hang_ups;
    if (hung_up != nullptr) {
        signals.add(SIGHUP);
        hang_ups.emplace(signal_mask::mode::let_through, SIGHUP);
    }
    asio::cancellation_signal cancel;
    bool interrupted = false;
    exit_code result = exit_code::internal;
    signals.async_wait([&](const core::error_code& error, int number) {
        if (error)
            return;
        interrupted = true;
        if (number == SIGHUP)
            *hung_up = true;
        cancel.emit(asio::cancellation_type::terminal);
    });
    asio::co_spawn(loop, work(),
                   asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr error, exit_code code) {
                       if (error)
                           std::rethrow_exception(error);
                       result = code;
                       signals.cancel();
                   }));
    loop.run();
    const bool ended = result == exit_code::ok || result == exit_code::io_error;
    return interrupted && !ended ? exit_code::interrupted : result;
}

net::awaitable<void> pause_for(core::duration time) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor, time);
    co_await timer.async_wait(net::use_nothrow_awaitable);
}

net::awaitable<std::optional<twitch::token_store::lock>> wait_for_lock(twitch::token_store& store) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto until = net::now() + lock_patience;
    bool told = false;
    for (;;) {
        auto taken = store.try_lock();
        if (!taken) {
            // It may not keep the store from being written, but it will keep a relay from renewing.
            log(log_level::warning, "login",
                store.lock_path() + " cannot be locked: " + taken.error().message() + ". " +
                    std::string(core::advice(make_error_code(twitch::errc::token_lock_failed))));
            co_return std::nullopt;
        }
        if (*taken)
            co_return std::move(*taken);
        const bool stopped = co_await is_cancelled();
        if (stopped || net::now() >= until)
            co_return std::nullopt;
        if (!std::exchange(told, true))
            log(log_level::info, "login",
                "waiting for another process to renew the login, for a minute at most");
        co_await pause_for(lock_pause);
    }
}

exit_code exit_code_of(const core::error_code& error) {
    using twitch::errc;
    if (error == errc::device_code_expired || error == errc::authorization_denied ||
        error == errc::token_invalid || error == errc::refresh_refused || error == errc::renewed_elsewhere ||
        error == errc::device_code_unknown || error == errc::refresh_unclear || error == errc::login_needed ||
        error == errc::token_store_damaged || error == errc::token_store_exposed ||
        error == errc::login_refused || error == errc::login_malformed || error == errc::account_suspended)
        return exit_code::login_refused;
    if (error == errc::account_in_use)
        return exit_code::try_again;
    if (error == errc::client_id_missing || error == errc::client_id_unknown ||
        error == errc::client_needs_secret || error == errc::token_host_refused)
        return exit_code::config_error;
    if (error == errc::token_store_unwritable || error == errc::token_store_blocked ||
        error == errc::token_lock_failed)
        return exit_code::io_error;
    return exit_code::unavailable;
}

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
