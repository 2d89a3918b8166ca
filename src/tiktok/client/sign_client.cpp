// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <random>
#include <utility>

#include "net/clock.hpp"
#include "tiktok/client/direct_requests.hpp"
#include "tiktok/client/live_connection.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok/handshake.hpp"
#include "tiktok/ws_query.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/tiktok/client/way_client.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/ways/error.hpp"
#include "tiktok2twitch/tiktok/ways/sign_fetch.hpp"

namespace tiktok2twitch::tiktok {
namespace {

namespace asio = net::asio;
using net::clock;

// The whole of a healthy fetch takes a second or two.
constexpr core::duration patience = std::chrono::seconds(8);

core::unix_ms wall_now() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

// The first batch came with the address. It is passed on with the first frame: an address that leads to a
// socket which stays silent shows no life.
class with_first_batch final : public room_sink {
public:
    with_first_batch(room_sink& to, decoded_batch first) : to_(to), first_(std::move(first)) {}

    void on_connected(core::time_point now) override { to_.on_connected(now); }
    void on_frame(bool text, std::string_view bytes, core::time_point now) override {
        to_.on_frame(text, bytes, now);
    }
    void on_batch(decoded_batch batch, core::time_point now) override {
        if (std::exchange(waits_, false))
            to_.on_batch(std::move(first_), now);
        to_.on_batch(std::move(batch), now);
    }

private:
    room_sink& to_;
    decoded_batch first_;
    bool waits_ = true;
};

class sign_client final : public way_client {
public:
    sign_client(provider_options provider, options tiktok, net::tls_client tls, std::string unique_id,
                std::uint64_t seed)
        : provider_(std::move(provider)),
          tiktok_(std::move(tiktok)),
          tls_(std::move(tls)),
          unique_id_(std::move(unique_id)),
          engine_(seed),
          browser_(&user_agents()[engine_() % user_agents().size()]) {}

    net::awaitable<way_answer> run(std::int64_t room_id, room_sink& sink) override;

private:
    net::awaitable<way_answer> fetch(std::int64_t room_id, signed_socket& out);
    net::awaitable<way_answer> connect(signed_socket where, room_sink& sink);

    provider_options provider_;
    options tiktok_;
    net::tls_client tls_;
    std::string unique_id_;
    std::mt19937_64 engine_;
    const user_agent* browser_;
};

// No reason: `out` is good.
net::awaitable<way_answer> sign_client::fetch(std::int64_t room_id, signed_socket& out) {
    co_await asio::this_coro::throw_if_cancelled(false);
    way_answer why;
    if (const auto wait = provider_.quota->take()) {
        why.what = answer_class::rate_limited;
        why.wait = *wait;
        why.reason = way_errc::quota_used;
        why.of_provider = true;
        co_return why;
    }
    net::http_request request;
    request.to = provider_.url;
    request.to.target = under(request.to.target, sign_target(room_id, *browser_));
    request.headers.push_back({"User-Agent", "tiktok2twitch"});
    for (auto& [name, value] : sign_headers(provider_.key.reveal()))
        request.headers.push_back({std::move(name), std::move(value)});
    request.timeout = patience;
    request.body_limit = max_sign_answer;
    const auto answer = co_await net::http_fetch(std::move(request), tls_);
    if (!answer) {
        why.reason = answer.error();
        why.of_provider = true;
        co_return why;
    }
    sign_question question;
    question.room_id = room_id;
    question.browser = browser_;
    question.heartbeat_interval = tiktok_.heartbeat_interval;
    question.seed = engine_();
    question.keyed = !provider_.key.empty();
    auto read = read_sign_answer(question, answer->status, headers_of(*answer), answer->body, clock::now(),
                                 wall_now());
    if (auto* refused = std::get_if<way_answer>(&read)) {
        if (refused->what == answer_class::rate_limited)
            provider_.quota->hold(refused->wait);
        co_return std::move(*refused);
    }
    out = std::move(std::get<signed_socket>(read));
    co_return why;
}

net::awaitable<way_answer> sign_client::connect(signed_socket where, room_sink& sink) {
    co_await asio::this_coro::throw_if_cancelled(false);
    net::websocket_request request =
        socket_request(tiktok_, where.room_id, *browser_, std::move(where.cookies), engine_());
    request.to = std::move(where.to);
    net::http_response refusal;
    auto socket = co_await net::connect_websocket(std::move(request), tls_, &refusal);
    way_answer out;
    if (!socket) {
        out.reason = socket.error();
        if (out.reason == net::errc::handshake_refused) {
            handshake_refusal why = classify_refusal(refusal.status, headers_of(refusal));
            core::log(core::log_level::info, "tiktok/@" + unique_id_,
                      "the signed chat socket was refused: " + why.detail);
            out.reason = why.reason;
            out.detail = std::move(why.detail);
        }
        co_return out;
    }
    sink.on_connected(clock::now());
    with_first_batch all(sink, std::move(where.first));
    const session_options session{tiktok_.heartbeat_interval, tiktok_.stale_after};
    out.reason = co_await run_connection(std::move(*socket), session, where.room_id, all);
    if (out.reason == errc::live_ended || out.reason == errc::live_suspended)
        out.what = answer_class::ended;
    co_return out;
}

net::awaitable<way_answer> sign_client::run(std::int64_t room_id, room_sink& sink) {
    co_await asio::this_coro::throw_if_cancelled(false);
    signed_socket where;
    way_answer why = co_await fetch(room_id, where);
    if (why.reason)
        co_return why;
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        why.reason = asio::error::operation_aborted;
        co_return why;
    }
    sink.on_room(where.room_id);
    why = co_await connect(std::move(where), sink);
    co_return why;
}

}  // namespace

std::unique_ptr<way_client> make_sign_client(provider_options provider, options tiktok, net::tls_client tls,
                                             std::string unique_id, std::uint64_t seed) {
    return std::make_unique<sign_client>(std::move(provider), std::move(tiktok), std::move(tls),
                                         std::move(unique_id), seed);
}

}  // namespace tiktok2twitch::tiktok
