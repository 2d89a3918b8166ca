// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/login/whoami.hpp"

#include <random>
#include <string>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include "tiktok2twitch/app/cli/account_tools.hpp"
#include "tiktok2twitch/app/cli/terminal.hpp"
#include "tiktok2twitch/app/login/login.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/twitch/client/token_keeper.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {
namespace asio = net::asio;
using asio::experimental::awaitable_operators::operator||;
using core::log;
using core::log_level;

namespace {

// A refresh takes 60 s at most, and the validations around it 10 s each.
constexpr core::duration renewal_patience = std::chrono::seconds(80);
constexpr core::duration renewal_look = std::chrono::milliseconds(50);

// Waits for the first word about the login.
class verdict final : public twitch::token_listener {
public:
    void on_token(const twitch::token_found& token) override {
        if (!decided())
            access_ = token.access;
    }
    void on_lost(const core::error_code& reason, const std::string& sentence) override {
        // A running relay may be about to renew: that is waited for.
        if (decided() || reason == twitch::errc::token_lock_busy)
            return;
        reason_ = reason;
        log(log_level::error, "login", sentence);
    }
    void on_notice(twitch::notice::severity level, const std::string& text) override {
        const bool bad = level == twitch::notice::severity::error;
        log(bad ? log_level::error : log_level::warning, "login", text);
    }

    // A renewed pair that is not saved is nothing to end with.
    net::awaitable<void> wait(const twitch::token_keeper& keeper) const {
        co_await asio::this_coro::throw_if_cancelled(false);
        const auto until = net::now() + renewal_patience;
        while ((!decided() || keeper.unsaved()) && net::now() < until) {
            if (co_await is_cancelled())
                co_return;
            co_await pause_for(renewal_look);
        }
        if (!decided())
            log(log_level::error, "login",
                "the login was not renewed in time: Twitch's login service does not answer, or another "
                "process holds the lock. Try again.");
    }
    void on_end(core::error_code why) {
        if (why == twitch::errc::token_store_unwritable)
            unsaved_ = why;  // said
        else if (why == twitch::errc::token_host_refused)
            on_lost(why, core::explain(why));
    }

    // The renewed access token; or why there is none.
    core::result<core::secret> result() const {
        if (unsaved_)
            return unsaved_;
        if (access_)
            return *access_;
        return reason_ ? reason_ : make_error_code(twitch::errc::auth_server_error);
    }

private:
    bool decided() const noexcept { return access_.has_value() || reason_; }

    std::optional<core::secret> access_;
    core::error_code reason_;
    core::error_code unsaved_;
};

class whoami_run {
public:
    explicit whoami_run(const account_tools& tools) : tools_(tools) {}

    net::awaitable<exit_code> of_configured(std::string source) {
        co_await asio::this_coro::throw_if_cancelled(false);
        const auto who = co_await tools_.api->validate(tools_.settings().twitch.token);
        if (!who)
            co_return fail(who.error(), "twitch.token (" + source + "): ");
        const auto& wanted = tools_.settings().twitch.login;
        const bool right_one = wanted.empty() || who->login == wanted;
        show(*who, "twitch.token (" + source + ")", false);
        if (!right_one)
            log(log_level::error, "login",
                "twitch.login is " + wanted + ": a relay would not use this token. Correct one of the two.");
        co_return right_one ? exit_code::ok : exit_code::login_refused;
    }

    net::awaitable<exit_code> of_stored(std::string login) {
        co_await asio::this_coro::throw_if_cancelled(false);
        const twitch::token_store store(tools_.state_dir(), login);
        const auto stored = store.load();
        if (!stored) {
            const auto code = fail(stored.error(), store.path() + ": ");
            co_return code == exit_code::unavailable ? exit_code::io_error : code;
        }
        if (!*stored)
            co_return fail(make_error_code(twitch::errc::login_needed), {});
        auto access = (*stored)->access;
        auto who = co_await tools_.api->validate(access);
        // Access tokens live for hours, logins for weeks: what counts is whether it can be renewed.
        if (!who && who.error() == twitch::errc::token_invalid && (*stored)->renewable()) {
            auto renewed = co_await renew(store);
            if (!renewed)
                co_return exit_code_of(renewed.error());
            access = *std::move(renewed);
            who = co_await tools_.api->validate(access);
        }
        if (!who)
            co_return fail(who.error(), {});
        show(*who, store.path(), (*stored)->renewable());
        if ((*stored)->needs_secret)
            log(log_level::warning, "login", no_renewal_text(true, who->expires_in));
        co_return exit_code::ok;
    }

private:
    static exit_code fail(const core::error_code& error, const std::string& about) {
        if (error != asio::error::operation_aborted)
            log(log_level::error, "login", about + core::explain(error));
        return exit_code_of(error);
    }

    static void show(const twitch::validation& who, const std::string& source, bool renewable) {
        std::string text = who.login + " (user id " + who.user_id + ")\n" + rights_text(who.scopes);
        if (who.expires_in > core::duration::zero())
            text += "The token is good for another " + core::span_text(who.expires_in) +
                    (renewable ? " and is renewed by itself.\n" : " and cannot be renewed.\n");
        else
            text += "The token does not expire.\n";
        print_now(text + "It comes from " + source + "\n");
    }

    // As a relay would do it: under the lock, on disk before it is used.
    net::awaitable<core::result<core::secret>> renew(twitch::token_store store) {
        co_await asio::this_coro::throw_if_cancelled(false);
        const auto executor = co_await asio::this_coro::executor;
        twitch::keeper_options options;
        options.scopes.clear();  // every right is fine here, and none
        options.store_path = store.path();
        verdict told;
        twitch::token_keeper keeper(executor, *tools_.api, std::move(options), std::move(store), told,
                                    std::random_device{}());
        auto both = run(keeper, told) || told.wait(keeper);
        co_await std::move(both);
        co_return told.result();
    }

    static net::awaitable<void> run(twitch::token_keeper& keeper, verdict& told) {
        co_await asio::this_coro::throw_if_cancelled(false);
        const auto why = co_await keeper.run();
        told.on_end(why);
    }

    const account_tools& tools_;
};

}  // namespace

exit_code run_whoami_command(const command_line& line, const environment& variables) {
    auto failed = exit_code::ok;
    const auto tools = prepare_account_tools(line, variables, failed);
    if (!tools)
        return failed;
    whoami_run run(*tools);
    if (const auto source = tools->configured_token_source(); !source.empty())
        return run_interruptibly([&] { return run.of_configured(source); });
    const auto login = choose_stored_login(*tools, failed);
    if (!login) {
        if (failed != exit_code::ok)
            return failed;
        const auto& wanted = tools->settings().twitch.login;
        log(log_level::error, "login",
            (wanted.empty() ? "nobody is logged in" : wanted + " is not logged in") +
                std::string(" (state directory ") + tools->state_dir() + "). Run 'tiktok2twitch login'.");
        return exit_code::login_refused;
    }
    return run_interruptibly([&] { return run.of_stored(*login); });
}

}  // namespace tiktok2twitch::app
