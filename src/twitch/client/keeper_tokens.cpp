// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/client/keeper_tokens.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <utility>

#include "net/clock.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "twitch/client/shell_pump.hpp"

namespace tiktok2twitch::twitch {

namespace asio = net::asio;

keeper_tokens::keeper_tokens(std::function<void(const core::secret&)> report, core::duration patience)
    : report_(std::move(report)), patience_(patience) {}

void keeper_tokens::on_found(const token_found& found) {
    token_ = {found.access, found.client_id};
    lost_ = false;
    wake();
}

void keeper_tokens::on_lost() {
    token_ = {};
    lost_ = true;
    wake();
}

void keeper_tokens::wake() {
    ++told_;
    for (const auto& each : std::exchange(waiting_, {}))
        if (const auto timer = each.lock())
            timer->cancel();
}

api_token keeper_tokens::current() {
    return usable() ? token_ : api_token{};
}

net::awaitable<core::result<api_token>> keeper_tokens::renew(core::secret refused) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (usable() && token_.access != refused)
        co_return token_;
    const auto before = told_;
    if (!lost_ && !refused.empty())
        report_(refused);
    const auto executor = co_await asio::this_coro::executor;
    const auto until = net::now() + patience_;
    const auto timer = std::make_shared<asio::steady_timer>(executor);
    for (;;) {
        const bool stopped = co_await net::is_cancelled();
        if (stopped)
            co_return core::error_code{asio::error::operation_aborted};
        if (lost_)
            co_return make_error_code(errc::login_needed);
        if (usable() && token_.access != refused)
            co_return token_;
        if (usable() && told_ != before)
            co_return make_error_code(errc::token_invalid);
        if (net::now() >= until)
            co_return make_error_code(errc::auth_server_error);
        std::erase_if(waiting_, [](const auto& each) { return each.expired(); });
        waiting_.push_back(timer);
        timer->expires_at(net::deadline_of(until));
        co_await timer->async_wait(net::use_nothrow_awaitable);
    }
}

}  // namespace tiktok2twitch::twitch
