// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/client/read_back_client.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/net/line_stream.hpp"
#include "tiktok2twitch/twitch/client/shell.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/irc/read_back.hpp"

namespace tiktok2twitch::twitch {
namespace asio = net::asio;
using asio::experimental::awaitable_operators::operator||;

namespace {

constexpr core::duration connect_timeout = std::chrono::seconds(20);
// Nothing here is urgent: suspects and joins may be a second late, but the loop must not spin.
constexpr core::duration shortest_wait = std::chrono::milliseconds(50);
constexpr core::duration longest_wait = std::chrono::seconds(1);

}  // namespace

struct read_back_client::impl {
    impl(asio::any_io_executor executor, core::url url, net::tls_client client_tls, std::string own,
         std::uint64_t seed, read_back_handlers the_handlers)
        : irc_url(std::move(url)),
          tls(std::move(client_tls)),
          handlers(std::move(the_handlers)),
          session(std::move(own), seed),
          timer(std::move(executor)) {}

    core::url irc_url;
    net::tls_client tls;
    read_back_handlers handlers;
    read_back session;
    asio::steady_timer timer;
    bool listening = false;  // for commands
    bool told_deaf = false;  // said that chat cannot be read

    void hand_out();
    void tell_deaf(const core::error_code& reason);

    net::awaitable<core::error_code> reader(net::line_stream& stream) {
        co_await asio::this_coro::throw_if_cancelled(false);
        for (;;) {
            auto line = co_await stream.read_line();
            if (!line)
                co_return line.error();
            session.on_line(*line, net::now());
            hand_out();
            if (session.overflowed())
                co_return make_error_code(errc::server_not_reading);
            timer.cancel();
        }
    }

    net::awaitable<core::error_code> writer(net::line_stream& stream) {
        co_await asio::this_coro::throw_if_cancelled(false);
        for (;;) {
            if (co_await net::is_cancelled())
                co_return core::error_code{asio::error::operation_aborted};
            if (const auto failed = session.poll(net::now()))
                co_return make_error_code(*failed);
            for (const auto& channel : session.take_suspects(net::now()))
                if (handlers.on_suspect)
                    handlers.on_suspect(channel);
            auto bytes = session.take_output();
            if (!bytes.empty()) {
                const auto error = co_await limited_write(stream, std::move(bytes));
                if (error)
                    co_return error;
                continue;
            }
            const auto time = net::now();
            const auto at = std::clamp(session.deadline(time), time + shortest_wait, time + longest_wait);
            timer.expires_at(net::deadline_of(at));
            co_await timer.async_wait(net::use_nothrow_awaitable);
        }
    }
};

void read_back_client::impl::hand_out() {
    for (const auto& message : session.take_chat())
        if (handlers.on_chat)
            handlers.on_chat(message);
    for (const auto& line : session.take_own_lines())
        if (handlers.on_own_line)
            handlers.on_own_line(line);
    for (const auto& rank : session.take_ranks())
        if (handlers.on_rank)
            handlers.on_rank(rank.channel, rank.moderator);
    if (told_deaf && session.reading()) {
        told_deaf = false;
        handlers.on_notice({notice::severity::info, {}, "chat is read again; moderators' commands work."});
    }
}

void read_back_client::impl::tell_deaf(const core::error_code& reason) {
    if (!listening || !handlers.on_notice || told_deaf || reason == errc::server_reconnect)
        return;
    told_deaf = true;
    handlers.on_notice({notice::severity::warning,
                        {},
                        "chat cannot be read, so moderators' commands do nothing at the moment: " +
                            core::explain(reason) + " Trying again."});
}

read_back_client::read_back_client(asio::any_io_executor executor, core::url irc_url, net::tls_client tls,
                                   std::string own, std::uint64_t seed, read_back_handlers handlers)
    : impl_(std::make_unique<impl>(std::move(executor), std::move(irc_url), std::move(tls), std::move(own),
                                   seed, std::move(handlers))) {}
read_back_client::~read_back_client() = default;

void read_back_client::add_channel(const std::string& channel) {
    impl_->session.add_channel(channel);
}
void read_back_client::remove_channel(const std::string& channel) {
    impl_->session.remove_channel(channel);
}
void read_back_client::channel_called(const std::string& channel, const std::string& called) {
    impl_->session.channel_called(channel, called);
    impl_->timer.cancel();
}
void read_back_client::rename(std::string own) {
    impl_->session.rename(std::move(own));
}

void read_back_client::listen_for(std::string word) {
    impl_->listening = !word.empty();
    impl_->session.listen_for(std::move(word));
}
void read_back_client::on_confirmed(const std::string& channel, const std::string& line_id) {
    impl_->session.on_confirmed(channel, line_id, net::now());
}

net::awaitable<core::error_code> read_back_client::run() {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto& self = *impl_;
    while (!co_await net::is_cancelled()) {
        auto url = self.irc_url;
        auto stream = co_await net::connect_lines(std::move(url), self.tls, connect_timeout);
        auto reason = stream ? core::error_code{} : stream.error();
        if (stream) {
            self.session.on_connected(net::now());
            auto ended = co_await (self.reader(*stream) || self.writer(*stream));
            reason = std::visit([](core::error_code error) { return error; }, ended);
            stream->reset();
        }
        self.session.on_disconnected(net::now());
        if (co_await net::is_cancelled())
            break;
        self.tell_deaf(reason);
        self.timer.expires_at(self.session.next_login(net::now()));
        co_await self.timer.async_wait(net::use_nothrow_awaitable);
    }
    co_return core::error_code{asio::error::operation_aborted};
}

}  // namespace tiktok2twitch::twitch
