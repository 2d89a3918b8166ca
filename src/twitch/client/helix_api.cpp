// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "twitch/client/helix_api.hpp"

#include <boost/asio/this_coro.hpp>
#include <utility>

#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {

namespace asio = net::asio;

namespace {

// A hundred users are about 50 KiB.
constexpr std::size_t body_limit = 256 * 1024;

net::http_request with_token(const core::url& base, const helix_request& request, const api_token& token) {
    net::http_request out;
    out.method = request.method;
    out.to = base;
    while (out.to.target.ends_with('/'))
        out.to.target.pop_back();
    out.to.target += request.target;
    out.headers.push_back({"Authorization", "Bearer " + token.access.reveal()});
    out.headers.push_back({"Client-Id", token.client_id});
    out.headers.push_back({"User-Agent", "tiktok2twitch"});
    if (!request.body.empty())
        out.headers.push_back({"Content-Type", "application/json"});
    out.body = request.body;
    out.body_limit = body_limit;
    return out;
}

}  // namespace

net::awaitable<helix_api::reply> helix_api::try_call(const helix_request* request, api_token token,
                                                     std::function<void()> on_sent) {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto http = with_token(base_, *request, token);
    http.timeout = timeout_;
    auto work = session_.fetch(std::move(http), std::move(on_sent));
    auto got = co_await std::move(work);
    reply out;
    if (!got.answer) {
        out.error = got.answer.error();
        out.in_doubt = got.sent;
    } else {
        out.answer.status = got.answer->status;
        out.answer.ratelimit_remaining = got.answer->find("Ratelimit-Remaining");
        out.answer.ratelimit_reset = got.answer->find("Ratelimit-Reset");
        out.answer.body = std::move(got.answer->body);
    }
    co_return std::move(out);
}

net::awaitable<helix_api::reply> helix_api::call(helix_request request, std::function<void()> on_sent) {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto token = tokens_.current();
    reply out;
    if (!token.access.empty()) {
        auto first = try_call(&request, token, on_sent);
        out = co_await std::move(first);
        if (out.error || failure_of(out.answer) != errc::token_invalid)
            co_return std::move(out);
    }
    auto renewing = tokens_.renew(token.access);
    auto renewed = co_await std::move(renewing);
    out = reply();
    if (!renewed) {
        out.error = renewed.error();
        co_return std::move(out);
    }
    auto second = try_call(&request, std::move(*renewed), std::move(on_sent));
    out = co_await std::move(second);
    if (!out.error && failure_of(out.answer) == errc::token_invalid) {
        // A new token that is refused as well: more of them would not help. No person is needed for that: the
        // login service would have said so.
        out.error = make_error_code(errc::token_invalid);
    }
    co_return std::move(out);
}

}  // namespace tiktok2twitch::twitch
