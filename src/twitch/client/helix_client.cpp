// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/client/helix_client.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include <boost/asio/error.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/this_coro.hpp>

#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/twitch/client/shell.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/helix/session.hpp"
#include "tiktok2twitch/twitch/token_host.hpp"

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

namespace asio = net::asio;
using asio::experimental::awaitable_operators::operator||;

namespace {

// Only a person, or a new token, can change these.
bool is_login_gone(const core::error_code& error) {
    return error == errc::login_needed || error == errc::token_invalid || error == errc::scope_missing;
}

}  // namespace

struct helix_client::impl {
    impl(asio::any_io_executor executor, helix_client_options client_options, net::tls_client tls,
         api_tokens& client_tokens, class account& client_account, send_log& log,
         account_listener& client_listener)
        : options(std::move(client_options)),
          api(options.api_url, std::move(tls), client_tokens, options.request_timeout),
          tokens(client_tokens),
          account(client_account),
          listener(client_listener),
          pump(std::move(executor), client_account, client_listener, log) {}

    helix_client_options options;
    helix_api api;
    api_tokens& tokens;
    class account& account;
    account_listener& listener;
    shell_pump pump;
    helix_session session;
    core::secret useless;  // a token that lacks the right to write

    // What the session has for the account goes to it, and what the account has to the listener.
    void pass_on() {
        for (const auto& line : session.take_lines())
            account.on_line(line, net::now());
        pump.deliver();
    }
    void report_missing_right(const std::string& words);

    net::awaitable<core::error_code> run();
    net::awaitable<core::error_code> log_in(core::duration* told);
    net::awaitable<core::error_code> talk();
    net::awaitable<core::error_code> obey(step todo, bool* over);
    net::awaitable<helix_api::reply> call(helix_request request, std::function<void()> on_sent = {});
    net::awaitable<void> fetch(helix_request request, std::function<void()> on_sent, helix_api::reply* out);
    net::awaitable<core::error_code> ask(helix_session::question question);
    net::awaitable<core::error_code> say(write_line line);
};

void helix_client::impl::report_missing_right(const std::string& words) {
    useless = tokens.current().access;
    const auto why = make_error_code(errc::scope_missing);
    listener.on_notice({notice::severity::error, {}, core::explain(why) + " (user:write:chat)"});
    // Twitch's own words name the right, but are not ours.
    listener.on_notice({notice::severity::debug, {}, "Twitch says: " + words.substr(0, 200)});
}

net::awaitable<void> helix_client::impl::fetch(helix_request request, std::function<void()> on_sent,
                                               helix_api::reply* out) {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto work = api.call(std::move(request), std::move(on_sent));
    *out = co_await std::move(work);
}

// operation_aborted when the time that a drain allows ran out first: then, too, it is known whether the
// request may have been obeyed.
net::awaitable<helix_api::reply> helix_client::impl::call(helix_request request,
                                                          std::function<void()> on_sent) {
    co_await asio::this_coro::throw_if_cancelled(false);
    helix_api::reply out;
    auto work = fetch(std::move(request), std::move(on_sent), &out) || pump.until_drain_deadline();
    co_await std::move(work);
    co_return std::move(out);
}

// Asks who the token belongs to: the first proof that API and token work. `told`: how long Twitch asks to
// wait.
net::awaitable<core::error_code> helix_client::impl::log_in(core::duration* told) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (!useless.empty() && useless == tokens.current().access)
        co_return make_error_code(errc::scope_missing);
    auto asking = api.call(ask_own_user());
    auto reply = co_await std::move(asking);
    if (reply.error)
        co_return reply.error;
    auto users = read_users(reply.answer);
    if (!users) {
        *told = told_wait(reply.answer, net::wall_now());
        co_return users.error();
    }
    if (users->empty())
        co_return make_error_code(errc::api_error);
    session.start(users->front());
    co_return core::error_code{};
}

net::awaitable<core::error_code> helix_client::impl::ask(helix_session::question question) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto* const names = std::get_if<helix_session::look_up>(&question);
    auto request = names != nullptr
                       ? ask_users(names->logins)
                       : ask_chat_settings(std::get<helix_session::look_at>(question).broadcaster);
    auto work = call(std::move(request));
    auto reply = co_await std::move(work);
    if (reply.error == asio::error::operation_aborted)
        co_return core::error_code{};
    if (is_login_gone(reply.error))
        co_return reply.error;
    core::duration told{};
    if (failure_of(reply.answer) == errc::api_rate_limited)
        told = told_wait(reply.answer, net::wall_now());
    if (told > told.zero())
        session.hold_questions(net::now() + told);
    if (names != nullptr) {
        const auto found =
            reply.error ? core::result<std::vector<helix_user>>(reply.error) : read_users(reply.answer);
        if (!found) {
            const auto seconds = std::chrono::ceil<std::chrono::seconds>(told).count();
            listener.on_notice(
                {notice::severity::warning,
                 {},
                 "cannot look up channels: " + core::explain(found.error()) +
                     (seconds > 0 ? " Asked again in " + std::to_string(seconds) + " s at the earliest."
                                  : "")});
        }
        session.on_answer(*names, found);
    } else {
        const auto found =
            reply.error ? core::result<chat_settings>(reply.error) : read_chat_settings(reply.answer);
        session.on_answer(std::get<helix_session::look_at>(question), found, net::now());
    }
    co_return core::error_code{};
}

// An error ends the connection: nothing was said.
net::awaitable<core::error_code> helix_client::impl::say(write_line line) {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto request = session.request_for(line);
    if (!request)
        co_return core::error_code{};
    co_await pump.announce(line);
    if (co_await net::is_cancelled()) {
        account.on_not_said();
        co_return core::error_code{};
    }
    auto work = call(std::move(*request), [this] { account.on_written(net::now()); });
    auto reply = co_await std::move(work);
    const bool broken_off = reply.error == asio::error::operation_aborted;
    if (reply.error && reply.in_doubt) {
        if (broken_off)
            co_return core::error_code{};  // how it ended is settled with everything else
        listener.on_notice({notice::severity::debug, line.channel, core::explain(reply.error)});
        session.on_silence(line.channel);
        co_return core::error_code{};
    }
    if (reply.error) {
        account.on_not_said();
        co_return broken_off ? core::error_code{} : reply.error;
    }
    const auto answer = read_say_answer(reply.answer, net::wall_now());
    if (answer.what == say_answer::result::no_scope) {
        account.on_not_said();
        report_missing_right(answer.text);
        co_return make_error_code(errc::scope_missing);
    }
    session.on_said(line.channel, answer, net::now());
    co_return core::error_code{};
}

net::awaitable<core::error_code> helix_client::impl::obey(step todo, bool* over) {
    co_await asio::this_coro::throw_if_cancelled(false);
    core::error_code error;
    if (auto* close = std::get_if<close_connection>(&todo)) {
        *over = true;
        error = close->reason;
    } else if (auto* bytes = std::get_if<write_bytes>(&todo)) {
        session.on_bytes(bytes->bytes);
    } else if (auto* line = std::get_if<write_line>(&todo)) {
        auto work = say(std::move(*line));
        error = co_await std::move(work);
    } else if (auto question = session.next_question(net::now())) {
        auto work = ask(std::move(*question));
        error = co_await std::move(work);
    } else {
        co_await pump.pause_until(std::min(std::get<wait_until>(todo).at, session.deadline()));
    }
    co_return error;
}

// From the login to the end. No error: ended after drain().
net::awaitable<core::error_code> helix_client::impl::talk() {
    co_await asio::this_coro::throw_if_cancelled(false);
    account.on_connected(net::now());
    bool over = false;
    core::error_code reason;
    while (!over && !reason) {
        auto todo = account.next(net::now());
        pump.deliver();
        auto work = obey(std::move(todo), &over);
        reason = co_await std::move(work);
        pass_on();
        if (co_await net::is_cancelled())
            reason = asio::error::operation_aborted;
    }
    account.on_disconnected(reason, net::now());
    pump.deliver();
    co_return reason;
}

net::awaitable<core::error_code> helix_client::impl::run() {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (!token_may_go_to(options.api_url, options.allow_custom_host))
        co_return make_error_code(errc::token_host_refused);
    while (!account.fatal()) {
        // Not in the loop's condition: g++ 12 awaits the right side of && even if the left one is false.
        if (!co_await pump.wait_for_attempt())
            break;
        account.on_connecting(net::now());
        core::duration told{};
        auto attempt = co_await (log_in(&told) || pump.until_drained());
        if (attempt.index() == 1)
            continue;  // the next look at the account says what it was
        auto failed = std::get<0>(attempt);
        // A cancellation may have come since log_in() ended.
        const bool stopped = co_await net::is_cancelled();
        if (stopped)
            failed = asio::error::operation_aborted;
        if (failed && !is_login_gone(failed)) {
            account.on_disconnected(failed, net::now(), told);
            pump.deliver();
            continue;
        }
        if (failed)
            session.start(std::nullopt);
        if (const auto ended = co_await talk(); !ended)
            break;
    }
    if (co_await net::is_cancelled())
        co_return core::error_code{asio::error::operation_aborted};
    co_return account.fatal();
}

helix_client::helix_client(asio::any_io_executor executor, helix_client_options options, net::tls_client tls,
                           api_tokens& tokens, class account& account, send_log& log,
                           account_listener& listener)
    : impl_(std::make_unique<impl>(std::move(executor), std::move(options), std::move(tls), tokens, account,
                                   log, listener)) {}
helix_client::~helix_client() = default;

net::awaitable<core::error_code> helix_client::run() {
    return impl_->run();
}
void helix_client::wake() {
    impl_->pump.wake();
}
void helix_client::deliver() {
    impl_->pump.deliver();
}
void helix_client::on_rank(const std::string& channel, bool moderator) {
    impl_->session.on_rank(channel, moderator);
}

}  // namespace tiktok2twitch::twitch
