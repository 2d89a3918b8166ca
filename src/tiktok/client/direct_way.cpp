// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <boost/asio/steady_timer.hpp>
#include <random>
#include <utility>

#include "tiktok/client/direct_requests.hpp"
#include "tiktok/client/live_connection.hpp"
#include "tiktok/client/stopped.hpp"
#include "tiktok/handshake.hpp"
#include "tiktok/ttwid.hpp"
#include "tiktok/ws_query.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/tiktok/client/room_client.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/room_page.hpp"

namespace tiktok2twitch::tiktok {
namespace {

namespace asio = net::asio;
using clock = std::chrono::steady_clock;

void log_answer(std::string_view question, const core::result<net::http_response>& answer) {
    if (!core::log_enabled(core::log_level::debug))
        return;
    std::string text(question);
    if (answer)
        text += ": HTTP " + std::to_string(answer->status) + ", " + std::to_string(answer->body.size()) +
                " bytes";
    else
        text += ": " + answer.error().message();
    core::log(core::log_level::debug, "tiktok", text);
}

class direct_way final : public way_in {
public:
    direct_way(options options, net::tls_client tls, std::uint64_t seed)
        : options_(std::move(options)), tls_(std::move(tls)), engine_(seed) {
        who_.browser = any_browser();
    }

    net::awaitable<core::result<room_status>> lookup_api(std::string unique_id) override {
        net::http_request request = data_request(options_.web_url, api_live_target(unique_id), *who_.browser);
        const auto answer = co_await net::http_fetch(std::move(request), tls_);
        log_answer("room lookup", answer);
        if (!answer)
            co_return answer.error();
        co_return parse_api_live(answer->status, answer->body);
    }

    net::awaitable<core::result<room_status>> lookup_page(std::string unique_id) override {
        net::http_request request =
            page_request(options_.web_url, live_page_target(unique_id), *who_.browser);
        const auto answer = co_await net::http_fetch(std::move(request), tls_);
        log_answer("live page", answer);
        if (!answer)
            co_return answer.error();
        co_return parse_live_page(answer->status, answer->body);
    }

    net::awaitable<core::result<bool>> check_alive(std::int64_t room_id) override {
        net::http_request request =
            data_request(options_.webcast_url, check_alive_target(room_id), *who_.browser);
        const auto answer = co_await net::http_fetch(std::move(request), tls_);
        log_answer("check_alive", answer);
        if (!answer)
            co_return core::result<bool>(boost::system::in_place_error, answer.error());
        co_return parse_check_alive(answer->status, answer->body, room_id);
    }

    net::awaitable<core::error_code> identify() override;
    net::awaitable<connection_end> connect(std::int64_t room_id, bool fresh_identity,
                                           room_sink& sink) override;

private:
    const user_agent* any_browser() { return &user_agents()[engine_() % user_agents().size()]; }
    options options_;
    net::tls_client tls_;
    std::mt19937_64 engine_;
    visitor who_;  // kept over reconnects: a new one every time ends in a block (2.9)
};

// Most answers lack the cookie, so it is asked for several times; "no" is an answer, and so is a failed
// connection: neither is repeated here (2.1).
net::awaitable<core::error_code> direct_way::identify() {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (!who_.ttwid.empty())
        co_return core::error_code();
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (int attempt = 1; attempt <= options_.ttwid_attempts; ++attempt) {
        if (attempt > 1) {
            timer.expires_after(options_.ttwid_pause);
            co_await timer.async_wait(net::use_nothrow_awaitable);
        }
        if (stopped(co_await asio::this_coro::cancellation_state))
            co_return asio::error::operation_aborted;
        net::http_request request = page_request(options_.web_url, "/", *who_.browser);
        const auto answer = co_await net::http_fetch(std::move(request), tls_);
        log_answer("visitor cookie", answer);
        if (!answer)
            co_return answer.error();
        if (answer->status == 403)
            co_return errc::lookup_forbidden;
        if (answer->status == 429)
            co_return errc::lookup_rate_limited;
        who_.ttwid = find_ttwid(headers_of(*answer));
        if (!who_.ttwid.empty())
            co_return core::error_code();
    }
    co_return errc::ttwid_missing;
}

net::awaitable<connection_end> direct_way::connect(std::int64_t room_id, bool fresh_identity,
                                                   room_sink& sink) {
    co_await asio::this_coro::throw_if_cancelled(false);
    connection_end end;
    if (fresh_identity) {
        who_.browser = any_browser();
        who_.ttwid.clear();
    }
    end.reason = co_await identify();
    if (end.reason) {
        end.detail = "no visitor cookie";
        co_return end;
    }
    net::http_response refusal;
    net::websocket_request request = socket_request(options_, room_id, who_, engine_());
    auto socket = co_await net::connect_websocket(std::move(request), tls_, &refusal);
    if (!socket) {
        end.reason = socket.error();
        if (end.reason == net::errc::handshake_refused) {
            handshake_refusal why = classify_refusal(refusal.status, headers_of(refusal));
            end.reason = why.reason;
            end.detail = std::move(why.detail);
        } else if (end.reason == net::errc::closed_by_peer) {
            end.reason = errc::closed;
            end.detail = "during the handshake";
        }
        co_return end;
    }
    const core::time_point begin = clock::now();
    sink.on_connected(begin);
    const session_options session{options_.heartbeat_interval, options_.stale_after};
    end.reason = co_await run_connection(std::move(*socket), session, room_id, sink);
    end.lasted = clock::now() - begin;
    co_return end;
}

}  // namespace

std::unique_ptr<way_in> make_direct_way(options options, net::tls_client tls, std::uint64_t seed) {
    return std::make_unique<direct_way>(std::move(options), std::move(tls), seed);
}

}  // namespace tiktok2twitch::tiktok
