// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The part of every stand-in that listens: accepts connections, and keeps a session of each until it ends.

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/server.hpp"

namespace tiktok2twitch::sim {

// A Session has stop(), and the stop_signal that stop() emits. On the world's loop only.
template <class Session>
class session_host {
public:
    using session_ptr = std::shared_ptr<Session>;
    struct behaviour {
        std::function<session_ptr(net::server_stream)> open;
        std::function<net::awaitable<void>(session_ptr)> serve;  // until the connection has ended
        std::function<void()> changed;                           // one came or went
    };

    session_host(net::asio::any_io_executor executor, net::tls_server tls, behaviour how)
        : executor_(executor), acceptor_(std::move(executor), std::move(tls)), how_(std::move(how)) {}

    std::uint16_t port() const noexcept { return acceptor_.port(); }
    void start() { net::asio::co_spawn(executor_, accept(), rethrow); }
    void stop() {
        stopped_ = true;
        acceptor_.close();
        stop_sessions();
    }
    void stop_sessions() {
        const auto all = sessions_;  // each takes itself out of the list
        for (const auto& session : all) {
            session->stop();
        }
    }
    const std::vector<session_ptr>& sessions() const noexcept { return sessions_; }

private:
    static void rethrow(std::exception_ptr error) {
        if (error) {
            std::rethrow_exception(error);
        }
    }

    net::awaitable<void> accept() {
        co_await net::asio::this_coro::throw_if_cancelled(false);
        for (;;) {
            auto stream = co_await acceptor_.accept();
            // What was accepted before stop() may be told here after it: nobody would stop that session.
            if (!stream || stopped_) {
                co_return;
            }
            auto session = how_.open(std::move(*stream));
            sessions_.push_back(session);
            auto on_end = [this, session](std::exception_ptr error) {
                std::erase(sessions_, session);
                how_.changed();
                rethrow(error);
            };
            auto token = net::asio::bind_cancellation_slot(session->stop_signal.slot(), std::move(on_end));
            auto work = how_.serve(session);
            net::asio::co_spawn(executor_, std::move(work), std::move(token));
            how_.changed();
        }
    }

    net::asio::any_io_executor executor_;
    net::listener acceptor_;
    behaviour how_;
    std::vector<session_ptr> sessions_;
    bool stopped_ = false;
};

}  // namespace tiktok2twitch::sim
