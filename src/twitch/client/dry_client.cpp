// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/client/dry_client.hpp"

#include <utility>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/twitch/sending/dry_server.hpp"

namespace tiktok2twitch::twitch {
namespace asio = boost::asio;

struct dry_client::impl {
    impl(asio::any_io_executor executor, account& the_account, account_listener& the_listener,
         say_line the_say)
        : timer(std::move(executor)),
          subject(the_account),
          listener(the_listener),
          dry(the_account, dry_server(the_account.login()),
              [this, say = std::move(the_say)](const write_line& line) {
                  listener.before_line(line);
                  say(line);
              }) {}

    void deliver() {
        for (const auto& message : subject.take_chat())
            listener.on_chat(message);
        for (const auto& delivery : subject.take_deliveries())
            listener.on_delivery(delivery);
        for (const auto& line : subject.take_cleared())
            listener.on_cleared(line);
        for (const auto& settlement : subject.take_settlements())
            listener.on_settled(settlement);
        for (const auto& notice : subject.take_notices())
            listener.on_notice(notice);
    }

    asio::steady_timer timer;
    account& subject;
    account_listener& listener;
    dry_shell dry;
    bool woken = false;
};

dry_client::dry_client(asio::any_io_executor executor, account& account, account_listener& listener,
                       say_line say)
    : impl_(std::make_unique<impl>(std::move(executor), account, listener, std::move(say))) {}

dry_client::~dry_client() = default;

void dry_client::wake() {
    impl_->woken = true;
    impl_->timer.cancel();
}

void dry_client::deliver() {
    impl_->deliver();
}

net::awaitable<core::error_code> dry_client::run() {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto& self = *impl_;
    self.dry.connect(net::now());
    for (;;) {
        const auto next = self.subject.next(net::now());
        if (const auto* wait = std::get_if<wait_until>(&next)) {
            self.deliver();
            if (!std::exchange(self.woken, false)) {
                self.timer.expires_at(net::deadline_of(wait->at));
                co_await self.timer.async_wait(net::use_nothrow_awaitable);
                self.woken = false;
            }
            const auto state = co_await asio::this_coro::cancellation_state;
            if (state.cancelled() != asio::cancellation_type::none)
                co_return asio::error::operation_aborted;
            continue;
        }
        if (!self.dry.obey(next, net::now())) {
            self.deliver();
            co_return self.subject.fatal();
        }
    }
}

}  // namespace tiktok2twitch::twitch
