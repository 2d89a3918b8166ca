// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/sim/helix/server.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <boost/asio/cancellation_signal.hpp>

#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/sim/base/session_host.hpp"
#include "tiktok2twitch/sim/base/text.hpp"

namespace tiktok2twitch::sim {
namespace {

helix_endpoint classify(const net::server_request& request) {
    const std::string_view path = path_of(request.target);
    if (path.ends_with("/users")) {
        return helix_endpoint::users;
    }
    if (path.ends_with("/chat/messages")) {
        return helix_endpoint::messages;
    }
    if (path.ends_with("/moderation/chat")) {
        return helix_endpoint::deletion;
    }
    return path.ends_with("/chat/settings") ? helix_endpoint::settings : helix_endpoint::other;
}

struct helix_session {
    helix_session(asio::any_io_executor executor, net::server_stream accepted, std::uint64_t its_number)
        : stream(std::move(accepted)), hold(executor), number(its_number) {}

    void stop() {
        stopping = true;
        stream.reset();
        hold.open();
        stop_signal.emit(asio::cancellation_type::terminal);
    }

    net::server_stream stream;
    gate hold;
    std::uint64_t number;
    bool stopping = false;
    asio::cancellation_signal stop_signal;
};

}  // namespace

helix_fault helix_status(int status, std::string message) {
    helix_fault fault = helix_does(helix_fault::kind::instead, status);
    fault.response.body =
        R"({"error":"","status":)" + std::to_string(status) + R"(,"message":")" + std::move(message) + "\"}";
    return fault;
}

helix_fault helix_busy(core::duration wait, core::unix_ms wall_now) {
    helix_fault fault = helix_status(429, "too many requests");
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(wait).count();
    fault.response.headers.push_back({"Ratelimit-Remaining", "0"});
    fault.response.headers.push_back({"Ratelimit-Reset", std::to_string((wall_now + ms + 999) / 1000)});
    return fault;
}

helix_fault helix_does(helix_fault::kind what, int status) {
    helix_fault fault;
    fault.what = what;
    fault.response.status = status;
    return fault;
}

struct helix_server::impl {
    impl(asio::any_io_executor where, net::tls_server tls, twitch_rules& the_chat)
        : host(where, std::move(tls),
               {.open =
                    [this, where](net::server_stream stream) {
                        return std::make_shared<helix_session>(where, std::move(stream), ++accepted);
                    },
                .serve = [this](std::shared_ptr<helix_session> session) { return serve(std::move(session)); },
                .changed =
                    [this] {
                        changed();
                    }}),
          chat(the_chat),
          rules(the_chat) {}

    net::awaitable<void> serve(std::shared_ptr<helix_session> session);
    net::awaitable<bool> serve_one(helix_session* session);
    net::http_response obey(const net::server_request& request);
    void changed() const {
        if (change) {
            change();
        }
    }

    session_host<helix_session> host;
    twitch_rules& chat;
    helix_rules rules;
    std::function<void()> change;
    std::function<void(const delivery&)> delivered;
    std::function<void(const refusal&)> refused;
    std::function<void(const deletion_record&)> deleted;
    fault_script<helix_endpoint, helix_fault> faults;
    bool refuse = false;
    core::duration delay{};
    std::vector<helix_record> requests;
    std::uint64_t accepted = 0;
    std::set<std::string> posting;  // tokens with a line whose answer has not been written yet
};

net::awaitable<void> helix_server::impl::serve(std::shared_ptr<helix_session> session) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (refuse) {
        session->stream.reset();
        co_return;
    }
    if (co_await net::handshake(session->stream)) {
        co_return;
    }
    bool more = true;
    while (more) {
        auto next = serve_one(session.get());
        more = co_await std::move(next);
    }
    if (!session->stopping) {
        co_await net::close(session->stream);
    }
}

net::http_response helix_server::impl::obey(const net::server_request& request) {
    const std::size_t shown = chat.delivered().size();
    const std::size_t not_shown = chat.refusals().size();
    const std::size_t before = rules.deleted().size();
    net::http_response response = rules.answer(request, net::timer_now(), net::wall_now());
    if (chat.delivered().size() > shown && delivered) {
        delivered(chat.delivered().back());
    }
    if (chat.refusals().size() > not_shown && refused) {
        refused(chat.refusals().back());
    }
    if (rules.deleted().size() > before && deleted) {
        deleted(rules.deleted().back());
    }
    return response;
}

// True if the connection goes on.
net::awaitable<bool> helix_server::impl::serve_one(helix_session* session) {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto request = co_await net::read_request(session->stream);
    if (!request) {
        co_return false;
    }
    const helix_endpoint where = classify(*request);
    requests.push_back({where, request->method, request->target, request->body, session->number});
    const bool line = where == helix_endpoint::messages;
    const std::string token(request->find("Authorization"));
    if (line && posting.contains(token)) {
        chat.record(violation_kind::second_unconfirmed, {}, "POST", net::timer_now());
    }
    const helix_fault fault = faults.next(where, {});
    using kind = helix_fault::kind;
    net::http_response response = fault.response;
    if (fault.what == kind::proper || fault.what == kind::goodbye) {
        response = obey(*request);
    } else if (fault.what == kind::pretend || fault.what == kind::lose) {
        obey(*request);
    }
    changed();
    if (fault.what == kind::stall) {
        co_await session->hold.wait();
        co_return false;
    }
    if (fault.what == kind::lose || fault.what == kind::cut) {
        session->stopping = true;
        session->stream.reset();
        co_return false;
    }
    if (delay > delay.zero()) {
        if (line) {
            posting.insert(token);
        }
        co_await session->hold.wait(net::timer_now() + delay);
        posting.erase(token);
    }
    const auto error = co_await net::write_response(session->stream, std::move(response));
    co_return !error && fault.what != kind::goodbye;
}

helix_server::helix_server(net::asio::any_io_executor executor, net::tls_server tls, twitch_rules& chat)
    : impl_(std::make_unique<impl>(std::move(executor), std::move(tls), chat)) {}
helix_server::~helix_server() = default;

std::uint16_t helix_server::port() const noexcept {
    return impl_->host.port();
}
void helix_server::start() {
    impl_->host.start();
}
void helix_server::stop() {
    impl_->host.stop();
}
helix_rules& helix_server::rules() noexcept {
    return impl_->rules;
}
void helix_server::on_change(std::function<void()> callback) {
    impl_->change = std::move(callback);
}
void helix_server::on_delivered(std::function<void(const delivery&)> callback) {
    impl_->delivered = std::move(callback);
}
void helix_server::on_refused(std::function<void(const refusal&)> callback) {
    impl_->refused = std::move(callback);
}
void helix_server::on_deleted(std::function<void(const deletion_record&)> callback) {
    impl_->deleted = std::move(callback);
}
void helix_server::script(helix_endpoint where, std::vector<helix_fault> faults) {
    impl_->faults.add(where, std::move(faults));
}
void helix_server::always(helix_endpoint where, helix_fault fault) {
    impl_->faults.always(where, std::move(fault));
}
void helix_server::clear_faults() {
    impl_->faults.clear();
    impl_->refuse = false;
    impl_->delay = {};
}
void helix_server::refuse_connections(bool refuse) {
    impl_->refuse = refuse;
}
void helix_server::answer_delay(core::duration delay) {
    impl_->delay = delay;
}
void helix_server::close_connections() {
    impl_->host.stop_sessions();
}
const std::vector<helix_record>& helix_server::requests() const noexcept {
    return impl_->requests;
}
std::size_t helix_server::request_count(helix_endpoint where) const noexcept {
    return static_cast<std::size_t>(
        std::count_if(impl_->requests.begin(), impl_->requests.end(),
                      [where](const helix_record& item) { return item.where == where; }));
}
std::uint64_t helix_server::accepted() const noexcept {
    return impl_->accepted;
}

}  // namespace tiktok2twitch::sim
