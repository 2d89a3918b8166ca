// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/sim/login/server.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <optional>

#include <boost/asio/cancellation_signal.hpp>

#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/sim/base/session_host.hpp"
#include "tiktok2twitch/sim/base/text.hpp"

namespace tiktok2twitch::sim {
namespace {

std::string http_date(core::duration ahead) {
    const auto now = std::chrono::system_clock::now() +
                     std::chrono::duration_cast<std::chrono::system_clock::duration>(ahead);
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    const auto size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text.data(), size};
}

// Forms have "+" for a space, which a query of a target need not mean.
auth_form form_of(const std::string& body) {
    std::string text = "?" + body;
    std::replace(text.begin(), text.end(), '+', ' ');
    return query_of(text);
}

auth_endpoint classify(std::string_view path, const auth_form& form) {
    if (path == "/oauth2/device") {
        return auth_endpoint::device;
    }
    if (path == "/oauth2/token") {
        const auto kind = form.find("grant_type");
        return kind != form.end() && kind->second == "refresh_token" ? auth_endpoint::refresh
                                                                     : auth_endpoint::poll;
    }
    if (path == "/oauth2/validate") {
        return auth_endpoint::validate;
    }
    return path == "/oauth2/revoke" ? auth_endpoint::revoke : auth_endpoint::other;
}

class auth_session {
public:
    auth_session(asio::any_io_executor executor, auth_server::impl& server, net::server_stream accepted)
        : server_(server), accepted_(std::move(accepted)), hold_(std::move(executor)) {}

    net::awaitable<void> run();
    void stop() {
        stopping_ = true;
        accepted_.reset();
        hold_.open();
        stop_signal.emit(asio::cancellation_type::terminal);
    }

    asio::cancellation_signal stop_signal;

private:
    net::awaitable<core::error_code> serve();

    auth_server::impl& server_;
    net::server_stream accepted_;
    gate hold_;
    bool stopping_ = false;
};

}  // namespace

struct auth_server::impl {
    impl(asio::any_io_executor where, net::tls_server tls, auth_settings settings)
        : host(where, std::move(tls),
               {.open =
                    [this, where](net::server_stream stream) {
                        return std::make_shared<auth_session>(where, *this, std::move(stream));
                    },
                .serve = [](std::shared_ptr<auth_session> session) { return session->run(); },
                .changed =
                    [this] {
                        changed();
                    }}),
          rules(std::move(settings)) {}

    auth_answer answer(const auth_request& request, std::string_view method);
    void changed() const {
        if (change) {
            change();
        }
    }

    session_host<auth_session> host;
    auth_rules rules;
    std::function<void()> change;
    fault_script<auth_endpoint, auth_fault> faults;
    core::duration delay{};
    core::duration clock_ahead{};
    std::vector<auth_request> requests;
};

namespace {

net::awaitable<void> auth_session::run() {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (co_await net::handshake(accepted_)) {
        co_return;
    }
    const core::error_code error = co_await serve();
    if (!error && !stopping_) {
        co_await net::close(accepted_);
    }
}

// No error when the connection should be closed in order.
net::awaitable<core::error_code> auth_session::serve() {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        auto request = co_await net::read_request(accepted_);
        if (!request) {
            co_return core::error_code{};
        }
        auth_request seen;
        seen.at = net::timer_now();
        seen.form = form_of(request->body);
        seen.where = classify(path_of(request->target), seen.form);
        seen.authorization = request->find("Authorization");
        const auth_fault fault = server_.faults.next(seen.where, auth_fault::none);
        const bool takes_effect =
            fault != auth_fault::server_error && fault != auth_fault::slow_down && fault != auth_fault::cut;
        auth_answer answer{503, "upstream connect error"};
        if (takes_effect) {
            answer = server_.answer(seen, request->method);
        } else if (fault == auth_fault::slow_down) {
            answer = {400, R"({"status":400,"message":"slow_down"})"};
        }
        server_.requests.push_back(std::move(seen));
        server_.changed();
        if (fault == auth_fault::stall) {
            co_await hold_.wait();
            co_return asio::error::operation_aborted;
        }
        if (server_.delay > core::duration::zero()) {
            co_await hold_.wait(net::timer_now() + server_.delay);
        }
        if (stopping_) {
            co_return asio::error::operation_aborted;
        }
        if (fault == auth_fault::cut || fault == auth_fault::lose_answer) {
            accepted_.reset();
            co_return asio::error::connection_reset;
        }
        net::http_response response;
        response.status = answer.status;
        response.headers.push_back({"Date", http_date(server_.clock_ahead)});
        response.headers.push_back({"Content-Type", "application/json"});
        response.body = fault == auth_fault::malformed ? "<!DOCTYPE html><html>" : std::move(answer.body);
        if (const auto error = co_await net::write_response(accepted_, std::move(response))) {
            co_return error;
        }
    }
}

}  // namespace

auth_answer auth_server::impl::answer(const auth_request& request, std::string_view method) {
    const bool fits = (method == "GET") == (request.where == auth_endpoint::validate);
    if (!fits) {
        return {405, R"({"status":405,"message":"method not allowed"})"};
    }
    switch (request.where) {
        case auth_endpoint::device:
            return rules.request_code(request.form, request.at);
        case auth_endpoint::poll:
        case auth_endpoint::refresh:
            return rules.request_token(request.form, request.at);
        case auth_endpoint::validate:
            return rules.validate(request.authorization, request.at);
        case auth_endpoint::revoke:
            return rules.revoke(request.form, request.at);
        case auth_endpoint::other:
            break;
    }
    return {404, R"({"status":404,"message":"not found"})"};
}

auth_server::auth_server(net::asio::any_io_executor executor, net::tls_server tls, auth_settings settings)
    : impl_(std::make_unique<impl>(std::move(executor), std::move(tls), std::move(settings))) {}

auth_server::~auth_server() = default;

std::uint16_t auth_server::port() const noexcept {
    return impl_->host.port();
}

void auth_server::start() {
    impl_->host.start();
}

void auth_server::stop() {
    impl_->host.stop();
}

auth_rules& auth_server::rules() noexcept {
    return impl_->rules;
}
void auth_server::on_change(std::function<void()> callback) {
    impl_->change = std::move(callback);
}

void auth_server::script(auth_endpoint where, std::vector<auth_fault> faults) {
    impl_->faults.add(where, std::move(faults));
}

void auth_server::always(auth_endpoint where, auth_fault fault) {
    impl_->faults.always(where, fault);
}

void auth_server::clear_faults() {
    impl_->faults.clear();
    impl_->delay = {};
}

void auth_server::delay_answers(core::duration time) {
    impl_->delay = time;
}

void auth_server::set_clock_ahead(core::duration time) {
    impl_->clock_ahead = time;
}

const std::vector<auth_request>& auth_server::requests() const noexcept {
    return impl_->requests;
}

std::size_t auth_server::request_count(auth_endpoint where) const noexcept {
    return static_cast<std::size_t>(
        std::count_if(impl_->requests.begin(), impl_->requests.end(),
                      [where](const auth_request& request) { return request.where == where; }));
}

std::size_t auth_server::connections() const noexcept {
    return impl_->host.sessions().size();
}

}  // namespace tiktok2twitch::sim
