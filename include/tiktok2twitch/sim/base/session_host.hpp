// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/server.hpp"

namespace tiktok2twitch::sim {
namespace asio = boost::asio;

// Lets one coroutine sleep until a time or until somebody opens the gate; an opening that comes before
// the wait is not lost.
class gate {
public:
    explicit gate(asio::any_io_executor executor) : timer_(std::move(executor)) {}

    void open() {
        open_ = true;
        timer_.cancel();
    }

    net::awaitable<void> wait(core::time_point until = core::time_point::max()) {
        co_await asio::this_coro::throw_if_cancelled(false);
        if (!open_) {
            timer_.expires_at(until);
            co_await timer_.async_wait(net::use_nothrow_awaitable);
        }
        open_ = false;
    }

private:
    asio::steady_timer timer_;
    bool open_ = false;
};

using net::stopped;

// What goes wrong with the next requests of a kind, and with all that come after them.

template <class Place, class Fault>
class fault_script {
public:
    void add(Place where, std::vector<Fault> faults) {
        auto& waiting = scripts_[where];
        waiting.insert(waiting.end(), std::make_move_iterator(faults.begin()),
                       std::make_move_iterator(faults.end()));
    }
    void always(Place where, Fault fault) { fixed_.insert_or_assign(where, std::move(fault)); }
    void clear() {
        scripts_.clear();
        fixed_.clear();
    }
    Fault next(Place where, Fault otherwise) {
        auto& waiting = scripts_[where];
        if (!waiting.empty()) {
            Fault fault = std::move(waiting.front());
            waiting.pop_front();
            return fault;
        }
        const auto found = fixed_.find(where);
        return found == fixed_.end() ? std::move(otherwise) : found->second;
    }

private:
    std::map<Place, std::deque<Fault>> scripts_;
    std::map<Place, Fault> fixed_;
};

// The part of every stand-in that listens: accepts connections, and keeps a session of each until it ends.

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
