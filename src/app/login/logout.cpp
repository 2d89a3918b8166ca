// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/login/logout.hpp"

#include <array>
#include <string>
#include <string_view>

#include <boost/system/errc.hpp>

#include "tiktok2twitch/app/cli/account_tools.hpp"
#include "tiktok2twitch/app/cli/terminal.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/files/advice.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {
namespace asio = net::asio;
using core::log;
using core::log_level;

namespace {

constexpr std::string_view by_hand =
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
        // What others may have read has to be revoked all the more.
        const auto stored = store_.load_exposed();
        // The file may be the only copy of a login that is good.
        if (!stored && stored.error() != twitch::errc::token_store_damaged)
            co_return fail("cannot be read, and nothing was changed", stored.error(),
                           file_fix(stored.error(), store_.path()));
        revocation done;
        if (!stored)
            done.error = stored.error();
        else if (*stored)
            done = co_await revoke(**stored);
        if (done.error == asio::error::operation_aborted)
            co_return exit_code::interrupted;
        if (const auto error = store_.remove())
            co_return fail("cannot be removed", error,
                           error == boost::system::errc::is_a_directory
                               ? file_fix(error, store_.path())
                               : directory_fix(error, tools_.state_dir(), true));
        if (done.error) {
            log(log_level::error, "login",
                "the login of " + login_ + " was removed here, but not revoked at Twitch: " +
                    done.error.message() + "." + std::string(by_hand));
            co_return exit_code_of(done.error);
        }
        print_now("Logged out: " + login_ + ". Its tokens are " + (done.certain ? "revoked and " : "") +
                  "removed from " + store_.path() + "\n");
        if (!done.certain)
            log(log_level::warning, "login",
                "Twitch knew neither of the two tokens: the login had ended before, or only its access token "
                "had, and Twitch revokes no other." +
                    std::string(by_hand));
        co_return exit_code::ok;
    }

private:
    struct revocation {
        core::error_code error;
        bool certain = true;
    };

    exit_code fail(const std::string& what, const core::error_code& error, const std::string& fix) const {
        log(log_level::error, "login", store_.path() + " " + what + ": " + error.message() + ". Fix: " + fix);
        return exit_code::io_error;
    }

    // Both, the one that renews first. An access token that Twitch does not know any more may just have
    // ended, and of the other one its answer says nothing: Twitch revokes access tokens.
    net::awaitable<revocation> revoke(const twitch::grant& grant) {
        co_await asio::this_coro::throw_if_cancelled(false);
        revocation out;
        bool taken = grant.refresh.empty();
        const std::array<const core::secret*, 2> both{&grant.refresh, &grant.access};
        for (const auto* token : both) {
            if (token->empty())
                continue;
            const auto error = co_await tools_.api->revoke(grant.client_id, *token);
            if (error && error != twitch::errc::token_invalid)
                out.error = error;
            if (error == asio::error::operation_aborted)
                break;  // who interrupts wants to go, and the file stays
            taken = taken || !error;
        }
        out.certain = taken;
        co_return out;
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
