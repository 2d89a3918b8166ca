// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/client/auth_api.hpp"

#include <string_view>
#include <utility>

#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/net/http.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/token_host.hpp"

namespace tiktok2twitch::twitch {
namespace {

constexpr core::duration request_limit = std::chrono::seconds(10);
// Tokens are handed out once, and a refresh burns the pair before it: throwing a late answer away would lose
// the grant by our own hand.
constexpr core::duration token_limit = std::chrono::seconds(60);
constexpr std::size_t body_limit = 64 * 1024;
constexpr std::string_view device_grant = "urn:ietf:params:oauth:grant-type:device_code";

// application/x-www-form-urlencoded.
class form {
public:
    form& add(std::string_view name, std::string_view value) {
        if (!text_.empty())
            text_ += '&';
        text_ += core::percent_encode(name) + "=" + core::percent_encode(value);
        return *this;
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

class http_auth_api final : public auth_api {
public:
    http_auth_api(core::url auth_url, net::tls_client tls, bool allow_custom_host)
        : auth_url_(std::move(auth_url)), tls_(std::move(tls)) {
        if (auth_url_.target.ends_with('/'))
            auth_url_.target.pop_back();
        trusted_ = token_may_go_to(auth_url_, allow_custom_host);
    }

    net::awaitable<core::result<twitch::device_code>> request_device_code(
        std::string client_id, std::vector<std::string> scopes) override {
        form fields;
        fields.add("client_id", client_id).add("scopes", core::joined(scopes, " "));
        auto request = post("device", fields.take());
        const auto answer = co_await fetch(std::move(request));
        if (!answer)
            co_return answer.error();
        co_return read_device_code(answer->status, answer->body);
    }

    net::awaitable<core::result<token_pair>> poll_device_token(std::string client_id,
                                                               std::vector<std::string> scopes,
                                                               std::string device_code) override {
        form fields;
        fields.add("client_id", client_id).add("scopes", core::joined(scopes, " "));
        fields.add("device_code", device_code).add("grant_type", device_grant);
        auto request = post("token", fields.take());
        request.timeout = token_limit;
        const auto answer = co_await fetch(std::move(request));
        if (!answer)
            co_return answer.error();
        co_return read_device_token(answer->status, answer->body);
    }

    net::awaitable<core::result<validation>> validate(core::secret access) override {
        auto request = request_to("validate");
        request.headers.push_back({"Authorization", "OAuth " + access.reveal()});
        const auto answer = co_await fetch(std::move(request));
        if (!answer)
            co_return answer.error();
        co_return read_validation(answer->status, answer->body);
    }

    net::awaitable<core::result<token_pair>> refresh(std::string client_id, core::secret refresh) override {
        form fields;
        fields.add("grant_type", "refresh_token").add("refresh_token", refresh.reveal());
        fields.add("client_id", client_id);
        auto request = post("token", fields.take());
        request.timeout = token_limit;
        const auto answer = co_await fetch(std::move(request));
        if (!answer)
            co_return answer.error();
        co_return read_refreshed(answer->status, answer->body);
    }

    net::awaitable<core::error_code> revoke(std::string client_id, core::secret token) override {
        form fields;
        fields.add("client_id", client_id).add("token", token.reveal());
        auto request = post("revoke", fields.take());
        const auto answer = co_await fetch(std::move(request));
        if (!answer)
            co_return answer.error();
        co_return read_revoked(answer->status, answer->body);
    }

private:
    net::http_request request_to(std::string_view what) const {
        net::http_request request;
        request.to = auth_url_;
        request.to.target += "/oauth2/" + std::string(what);
        request.timeout = request_limit;
        request.body_limit = body_limit;
        request.headers.push_back({"Accept", "application/json"});
        request.headers.push_back({"User-Agent", "tiktok2twitch"});
        return request;
    }

    net::http_request post(std::string_view what, std::string body) const {
        auto request = request_to(what);
        request.method = "POST";
        request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
        request.body = std::move(body);
        return request;
    }

    net::awaitable<core::result<net::http_response>> fetch(net::http_request request) const {
        if (!trusted_)
            co_return make_error_code(errc::token_host_refused);
        auto answer = co_await net::http_fetch(std::move(request), tls_);
        co_return answer;
    }

    core::url auth_url_;
    net::tls_client tls_;
    bool trusted_ = false;
};

}  // namespace

std::unique_ptr<auth_api> make_auth_api(core::url auth_url, net::tls_client tls, bool allow_custom_host) {
    return std::make_unique<http_auth_api>(std::move(auth_url), std::move(tls), allow_custom_host);
}

}  // namespace tiktok2twitch::twitch
