// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <string>

#include "app/account_commands.hpp"
#include "app/terminal.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {

namespace asio = net::asio;
using core::log;
using core::log_level;

namespace {

constexpr const char* by_hand =
    " To be sure, disconnect the application at https://www.twitch.tv/settings/connections .";

class logout_run {
public:
    logout_run(const account_tools& tools, std::string login)
        : tools_(tools), login_(std::move(login)), store_(tools.state_dir(), login_) {}

    net::awaitable<exit_code> run() {
        co_await asio::this_coro::throw_if_cancelled(false);
        const auto lock = co_await wait_for_lock(store_);
        const bool stopped = co_await is_cancelled();
        if (stopped)
            co_return exit_code::interrupted;
        auto stored = store_.load();
        if (!stored && stored.error() == twitch::errc::token_store_exposed) {
            log(log_level::error, "login", store_.path() + ": " + core::explain(stored.error()));
            co_return exit_code::login_refused;
        }
        core::error_code revoked = stored ? core::error_code() : stored.error();
        if (stored && *stored)
            revoked = co_await revoke(**stored);
        if (revoked == asio::error::operation_aborted)
            co_return exit_code::interrupted;
        if (const auto error = store_.remove()) {
            log(log_level::error, "login", store_.path() + " cannot be removed: " + error.message());
            co_return exit_code::io_error;
        }
        if (revoked) {
            log(log_level::error, "login",
                "the login of " + login_ +
                    " was removed here, but not revoked at Twitch: " + revoked.message() + "." + by_hand);
            co_return exit_code_of(revoked);
        }
        print_now("Logged out: " + login_ + ". Its tokens are revoked and removed from " + store_.path() +
                  "\n");
        co_return exit_code::ok;
    }

private:
    // Both, the one that renews first. What Twitch does not know any more is as good as revoked.
    net::awaitable<core::error_code> revoke(const twitch::grant& grant) {
        co_await asio::this_coro::throw_if_cancelled(false);
        core::error_code result;
        if (!grant.refresh.empty()) {
            const auto error = co_await tools_.api->revoke(grant.client_id, grant.refresh);
            if (error && error != twitch::errc::token_invalid)
                result = error;
        }
        if (!grant.access.empty()) {
            const auto error = co_await tools_.api->revoke(grant.client_id, grant.access);
            if (error && error != twitch::errc::token_invalid)
                result = error;
        }
        co_return result;
    }

    const account_tools& tools_;
    std::string login_;
    twitch::token_store store_;
};

}  // namespace

exit_code run_logout_command(const command_line& line, const environment& variables) {
    auto failed = exit_code::ok;
    const auto tools = prepare_account_tools(line, variables, failed);
    if (!tools)
        return failed;
    if (const auto source = tools->configured_token_source(); !source.empty())
        log(log_level::warning, "login",
            "twitch.token is set (" + source + "); logout does not touch it, remove it yourself");
    const auto login = choose_stored_login(*tools, failed);
    if (!login) {
        if (failed == exit_code::ok)
            print_now("Nobody is logged in here (state directory " + tools->state_dir() + ").\n");
        return failed;
    }
    logout_run run(*tools, *login);
    return run_interruptibly([&run] { return run.run(); });
}

}  // namespace tiktok2twitch::app
